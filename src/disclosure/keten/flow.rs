//! The cheapest move of a cell where its surroundings are a network: every cell between two relations at most.
//!
//! Enters: a neighbourhood. Leaves: a whole-number move, or that it is no network or cannot be done. Successive shortest
//! paths (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, §9.7), with node potentials so that every path is one of
//! Dijkstra. Exact in 64 bits, so that euro cents need no scaling.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::neighbourhood::{Move, Near, Neighbourhood};

/// What trying to send a flow gave.
pub(super) enum Sent {
    /// A move, in the order of the cells of the neighbourhood.
    Moved(Move),
    /// The target cannot move so far here.
    Stuck,
    /// Some cell is in more than two relations, or the signs do not fit: a linear programme must tell.
    NoNetwork,
}

struct Arc {
    to: usize,
    room: i64,
    cost: i64,
    cell: usize,
    sign: i64,
}

struct Network {
    arcs: Vec<Arc>,
    of: Vec<Vec<usize>>,
}

/// Moves the target of the neighbourhood by its amount, at the least cost.
pub(super) fn send(near: &Neighbourhood) -> Sent {
    let Some(ends) = ends(near) else { return Sent::NoNetwork };
    let mut network = Network { arcs: Vec::new(), of: vec![Vec::new(); near.n_relations + 1] };
    for (at, cell) in near.cells.iter().enumerate() {
        let (from, to) = ends[at];
        if at != near.target && from != to {
            network.add((from, to), (cell.up, cell.down), cell.cost, at);
        }
    }
    let (from, to) = ends[near.target];
    // The target itself flows from `from` to `to`; the others bring it back.
    let (source, sink) = if near.sign > 0 { (to, from) } else { (from, to) };
    let mut moved = vec![0; near.cells.len()];
    moved[near.target] = near.sign * near.amount;
    if from == to || network.fill(source, sink, near.amount, &mut moved) {
        Sent::Moved(moved)
    } else {
        Sent::Stuck
    }
}

/// Per cell the relation it flows out of and into; `None` when there is no way to say so. The last node stands for
/// everything outside.
fn ends(near: &Neighbourhood) -> Option<Vec<(usize, usize)>> {
    let is_arc =
        |cell: &Near| cell.places.len() <= 2 && cell.places.iter().all(|(_, sign)| sign.abs() == 1);
    if !near.cells.iter().all(is_arc) {
        return None;
    }
    let turned = turned(near)?;
    let outside = near.n_relations;
    let end = |cell: &Near| {
        let (mut from, mut to) = (outside, outside);
        for (relation, sign) in &cell.places {
            if sign * turned[*relation] > 0 {
                to = *relation;
            } else {
                from = *relation;
            }
        }
        (from, to)
    };
    Some(near.cells.iter().map(end).collect())
}

/// Per relation +1 or −1, such that every cell in two of them has opposite signs there; `None` when there are none.
fn turned(near: &Neighbourhood) -> Option<Vec<i64>> {
    let mut by_relation: Vec<Vec<usize>> = vec![Vec::new(); near.n_relations];
    for (at, cell) in near.cells.iter().enumerate() {
        cell.places.iter().for_each(|(relation, _)| by_relation[*relation].push(at));
    }
    let mut turned = vec![0; near.n_relations];
    for first in 0..near.n_relations {
        if turned[first] != 0 {
            continue;
        }
        turned[first] = 1;
        let mut open = vec![first];
        while let Some(relation) = open.pop() {
            for at in &by_relation[relation] {
                let [(a, a_sign), (b, b_sign)] = near.cells[*at].places[..] else { continue };
                let other = if a == relation { b } else { a };
                // A cell must leave one relation where it enters the other.
                let wanted = -turned[relation] * a_sign * b_sign;
                if turned[other] == 0 {
                    turned[other] = wanted;
                    open.push(other);
                } else if turned[other] != wanted {
                    return None;
                }
            }
        }
    }
    Some(turned)
}

impl Network {
    fn add(&mut self, (from, to): (usize, usize), (up, down): (i64, i64), cost: i64, cell: usize) {
        // Up flows forward, down flows back; each with its way back, which undoes it.
        for (from, to, room, sign) in [(from, to, up, 1), (to, from, down, -1)] {
            self.of[from].push(self.arcs.len());
            self.arcs.push(Arc { to, room, cost, cell, sign });
            self.of[to].push(self.arcs.len());
            self.arcs.push(Arc { to: from, room: 0, cost: -cost, cell, sign: -sign });
        }
    }

    /// Sends `amount` from source to sink; false when there is no room.
    fn fill(&mut self, source: usize, sink: usize, amount: i64, moved: &mut [i64]) -> bool {
        let mut potential = vec![0_i64; self.of.len()];
        let mut left = amount;
        while left > 0 {
            let Some((distance, by)) = self.shortest(source, sink, &potential) else {
                return false;
            };
            for (known, distance_of) in potential.iter_mut().zip(&distance) {
                *known += *distance_of.min(&distance[sink]);
            }
            left -= self.push(source, sink, &by, left, moved);
        }
        true
    }

    /// Moves what goes along a path, at most `left`, and tells how much.
    fn push(
        &mut self,
        source: usize,
        sink: usize,
        by: &[usize],
        left: i64,
        moved: &mut [i64],
    ) -> i64 {
        let mut room = left;
        let mut node = sink;
        while node != source {
            room = room.min(self.arcs[by[node]].room);
            node = self.arcs[by[node] ^ 1].to;
        }
        node = sink;
        while node != source {
            let arc = by[node];
            self.arcs[arc].room -= room;
            self.arcs[arc ^ 1].room += room;
            moved[self.arcs[arc].cell] += self.arcs[arc].sign * room;
            node = self.arcs[arc ^ 1].to;
        }
        room
    }

    /// Distances and the arc by which each node is reached; `None` when the sink is not.
    fn shortest(
        &self,
        source: usize,
        sink: usize,
        potential: &[i64],
    ) -> Option<(Vec<i64>, Vec<usize>)> {
        let far = i64::MAX / 4;
        let mut distance = vec![far; self.of.len()];
        let mut by = vec![usize::MAX; self.of.len()];
        distance[source] = 0;
        let mut open = BinaryHeap::from([Reverse((0_i64, source))]);
        while let Some(Reverse((so_far, node))) = open.pop() {
            if so_far > distance[node] {
                continue;
            }
            if node == sink {
                break;
            }
            for index in &self.of[node] {
                let arc = &self.arcs[*index];
                if arc.room == 0 {
                    continue;
                }
                let next = so_far + arc.cost + potential[node] - potential[arc.to];
                if next < distance[arc.to] {
                    distance[arc.to] = next;
                    by[arc.to] = *index;
                    open.push(Reverse((next, arc.to)));
                }
            }
        }
        (distance[sink] < far).then_some((distance, by))
    }
}
