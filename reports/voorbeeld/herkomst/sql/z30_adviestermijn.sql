/*---
title     = "Adviezen later dan de termijn"
question  = "Welke adviezen kwamen niet binnen de afgesproken werkdagen, of zijn er na die termijn nog niet?"
why       = "Zonder advies op tijd wacht een jeugdige, of wordt er besloten zonder advies."
kind      = "signaal"
regel     = "Z30"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["advies", "adviezen"]
nummer    = "aanvraag · adviseur"
zin       = "{n} {n?is|zijn} niet binnen de afgesproken termijn gegeven, van de {van} die te beoordelen zijn ({aandeel})."
gesprek   = "Waardoor kwam het advies later, en wat is nodig om de termijn te halen?"
remedie   = "Bespreek met de adviseur waar de tijd zit, en vul een ontbrekende adviesdatum aan."
goed      = "Een spoedaanvraag van maandag met het advies op woensdag: twee werkdagen."
fout      = "Een spoedaanvraag van maandag met het advies op donderdag: drie werkdagen."
drempels  = ["advies.werkdagen_spoed", "advies.werkdagen"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- One case is one advice: every request is looked at for both adviser roles. An advice that was never given is late
-- from the day its term has passed on the peildatum; before that day nobody can tell. Where nothing says whether the
-- request was urgent, only what holds for both terms is told. Of a role without a single advice the export has no columns.
WITH termijnen AS (
  SELECT werkdagen_spoed AS termijn_spoed, werkdagen AS termijn_gewoon,
         advies_voorbij_spoed_dag AS voorbij_spoed_dag, advies_voorbij_dag AS voorbij_gewoon_dag
  FROM regio
),
rollen AS (
  SELECT COUNT(advies_beleid) + COUNT(advies_beleid_datum) AS n_beleid, COUNT(advies_icm) + COUNT(advies_icm_datum) AS n_icm
  FROM aanvragen
),
adviezen AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, is_spoed, 'beleid' AS rol, advies_beleid AS advies,
         advies_beleid_datum AS adviesdatum, ontvangst_beleid AS ontvangen, ontvangst_beleid_dag AS ontvangen_dag,
         werkdagen_beleid AS nodig, n_beleid AS n_van_rol
  FROM aanvragen CROSS JOIN rollen
  UNION ALL
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, is_spoed, 'icm' AS rol, advies_icm AS advies,
         advies_icm_datum AS adviesdatum, ontvangst_icm AS ontvangen, ontvangst_icm_dag AS ontvangen_dag,
         werkdagen_icm AS nodig, n_icm AS n_van_rol
  FROM aanvragen CROSS JOIN rollen
),
per_termijn AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, is_spoed, rol, ontvangen, adviesdatum, nodig,
         CASE WHEN nodig >= 0 THEN nodig > termijn_spoed
              WHEN n_van_rol > 0 AND advies IS NULL AND adviesdatum IS NULL AND ontvangen_dag <= voorbij_spoed_dag THEN TRUE
         END AS laat_als_spoed,
         CASE WHEN nodig >= 0 THEN nodig > termijn_gewoon
              WHEN n_van_rol > 0 AND advies IS NULL AND adviesdatum IS NULL AND ontvangen_dag <= voorbij_gewoon_dag THEN TRUE
         END AS laat_als_gewoon
  FROM adviezen CROSS JOIN termijnen
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id || ' · ' || rol AS geval,
       CASE WHEN is_spoed THEN laat_als_spoed
            WHEN NOT is_spoed THEN laat_als_gewoon
            WHEN laat_als_spoed AND laat_als_gewoon THEN TRUE
            WHEN NOT laat_als_spoed AND NOT laat_als_gewoon THEN FALSE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       is_spoed AS spoed, ontvangen, adviesdatum, nodig AS werkdagen
FROM per_termijn
