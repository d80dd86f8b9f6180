//! How far cells can go at most, given what the others in their sums leave them: often that is enough to see that a move
//! cannot be done, or that few cells take part in it.

use super::neighbourhood::{Near, Neighbourhood};

/// Times that all relations are looked at.
const ROUNDS: usize = 6;

/// Narrows the bounds of a neighbourhood and takes out cells that cannot move; `None` when the target cannot move as far
/// as is wanted.
pub(super) fn narrowed(mut near: Neighbourhood) -> Option<Neighbourhood> {
    let mut members: Vec<Vec<(usize, i64)>> = vec![Vec::new(); near.n_relations];
    for (at, cell) in near.cells.iter().enumerate() {
        cell.places.iter().for_each(|(relation, sign)| members[*relation].push((at, *sign)));
    }
    let mut ranges: Vec<(i64, i64)> = near.cells.iter().map(|cell| (-cell.down, cell.up)).collect();
    let moved = near.sign * near.amount;
    ranges[near.target] = (moved, moved);
    let mut is_open = vec![true; near.n_relations];
    for _ in 0..ROUNDS {
        let mut is_settled = true;
        for relation in 0..near.n_relations {
            if !std::mem::take(&mut is_open[relation]) {
                continue;
            }
            for at in tighten(&members[relation], &mut ranges)? {
                is_settled = false;
                near.cells[at].places.iter().for_each(|(other, _)| is_open[*other] = true);
            }
        }
        if is_settled {
            break;
        }
    }
    take_out(&mut near, &ranges);
    Some(near)
}

/// Narrows the ranges of the cells of one relation; which ones changed, or `None` when it cannot hold.
fn tighten(members: &[(usize, i64)], ranges: &mut [(i64, i64)]) -> Option<Vec<usize>> {
    let signed =
        |(low, high): (i64, i64), sign: i64| if sign > 0 { (low, high) } else { (-high, -low) };
    let (mut low_sum, mut high_sum) = (0_i128, 0_i128);
    for (at, sign) in members {
        let (low, high) = signed(ranges[*at], *sign);
        low_sum += i128::from(low);
        high_sum += i128::from(high);
    }
    let mut changed = Vec::new();
    for (at, sign) in members {
        let (low, high) = signed(ranges[*at], *sign);
        // The others together make up for it.
        let least = i128::from(low).max(i128::from(high) - high_sum);
        let most = i128::from(high).min(i128::from(low) - low_sum);
        if least > most {
            return None;
        }
        if least > i128::from(low) || most < i128::from(high) {
            let (least, most) = (i64::try_from(least).ok()?, i64::try_from(most).ok()?);
            ranges[*at] = signed((least, most), *sign);
            low_sum += i128::from(least) - i128::from(low);
            high_sum += i128::from(most) - i128::from(high);
            changed.push(*at);
        }
    }
    Some(changed)
}

/// Keeps the cells that can move. One that must move keeps its freedom to stay: bounds are about what is possible.
fn take_out(near: &mut Neighbourhood, ranges: &[(i64, i64)]) {
    let mut ranges = ranges.iter();
    let mut kept: Vec<Near> = Vec::with_capacity(near.cells.len());
    let target = near.cells[near.target].cel;
    for mut cell in near.cells.drain(..) {
        let Some((low, high)) = ranges.next() else { break };
        if cell.cel == target {
            near.target = kept.len();
        } else {
            (cell.down, cell.up) = (-(*low).min(0), (*high).max(0));
            if cell.down == 0 && cell.up == 0 {
                continue;
            }
        }
        kept.push(cell);
    }
    near.cells = kept;
}
