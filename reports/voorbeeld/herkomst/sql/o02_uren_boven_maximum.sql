/*---
title     = "Meer uren zorgcoördinatie dan het maximum"
question  = "Op welke toewijzingen is meer zorgcoördinatie gedeclareerd dan het maximum, zonder dat de toewijzing dat toelaat?"
why       = "De regio sprak een maximum per toewijzing van een jaar af. Laat de toewijzing zelf meer toe, dan is dat de keuze van de gemeente; dat staat in een eigen overzicht."
kind      = "signaal"
regel     = "O02"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "boven het maximum"
zin       = "Op {n#} van de {van} toewijzingen met zorgcoördinatie is meer dan {drempel} uur gedeclareerd, zonder een toewijzing in de gegevens die dat toelaat; {bedrag} ligt boven dat maximum."
gesprek   = "Waarvoor waren de extra uren nodig, en wist de gemeente ervan?"
remedie   = "Bespreek met aanbieder en gemeente waarom de uren nodig waren en wie ze draagt, en leg dat vast."
goed      = "52 uur in een toewijzing van een jaar, ook als daarvan 20 uur in één maand vallen; of 60 uur als de gemeente er 60 toewees."
fout      = "53 uur op een toewijzing van 52 uur die een jaar duurt."
drempels  = ["coordinatie.max_uren", "coordinatie.looptijd_maanden"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["toewijzingen"]
---*/
-- Alle gedeclareerde tijd per toewijzing, hoe die over weken en maanden is verdeeld maakt niet uit (O03). Alleen toewijzingen waarop
-- het afgelopen jaar nog is gedeclareerd: die staan in elk rapport, ook als de zorg van eerder is en laat werd gedeclareerd. De looptijd van
-- de toewijzing zegt of het maximum geldt; alleen als die niet bekend is, de tijd waarover is gedeclareerd. Duurt de toewijzing langer dan
-- een jaar, dan zegt de afspraak niet wat het maximum is. Staat de toewijzing er wel maar niet hoeveel uren zij toelaat, dan is het niet
-- te bepalen; staat zij er niet, dan telt alleen het maximum.
WITH gedeclareerd AS (
  SELECT
    gemeente, client, toewijzingnummer, MIN(aanbieder) AS aanbieder, MIN(agb) AS agb,
    CAST(COALESCE(SUM(minuten), 0) AS BIGINT) AS minuten,
    SUM(CASE WHEN minuten IS NULL THEN 1 ELSE 0 END) AS zonder_minuten,
    CAST(SUM(bedrag_ct) AS BIGINT) AS kosten_ct,
    MIN(periode_begin_dag) AS eerste_dag, MAX(periode_eind_dag) AS laatste_dag
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, toewijzingnummer
  HAVING SUM(volume_milli) > 0
),
begrensd AS (
  SELECT
    g.gemeente AS gemeente, g.aanbieder AS aanbieder, g.client AS client, r.kwartaal AS kwartaal,
    g.toewijzingnummer AS toewijzingnummer, g.agb AS agb, g.minuten AS minuten, g.zonder_minuten AS zonder_minuten,
    g.kosten_ct AS kosten_ct, t.looptijd_dagen AS looptijd_dagen, r.pro_rata AS pro_rata,
    t.toewijzingnummer AS gevonden,
    CASE WHEN t.eenheid = '04' THEN t.toegekend_milli * 60 WHEN t.eenheid = '01' THEN t.toegekend_milli END AS toegekend_milli,
    CASE
      WHEN t.looptijd_dagen * 12 <= r.looptijd_maanden * 366 THEN 1
      WHEN t.looptijd_dagen IS NULL AND (g.laatste_dag - g.eerste_dag + 1) * 12 <= r.looptijd_maanden * 366 THEN 1
      ELSE 0
    END AS binnen_looptijd,
    CASE
      WHEN r.pro_rata AND t.looptijd_dagen * 12 < r.looptijd_maanden * 365
        THEN CAST(FLOOR(CAST(r.max_uren * 60 * t.looptijd_dagen * 12 AS DOUBLE) / CAST(r.looptijd_maanden * 365 AS DOUBLE)) AS BIGINT)
      ELSE r.max_uren * 60
    END AS grens_minuten
  FROM gedeclareerd AS g
  CROSS JOIN regio AS r
  LEFT JOIN toewijzingen AS t
    ON g.gemeente = t.gemeente AND g.toewijzingnummer = t.toewijzingnummer AND g.client = t.client
  WHERE CASE WHEN g.laatste_dag > r.kwartaal_eind_dag - 365 THEN 1 ELSE 0 END = 1
),
beoordeeld AS (
  SELECT
    gemeente, aanbieder, client, kwartaal, toewijzingnummer, agb, minuten, kosten_ct, grens_minuten, toegekend_milli,
    CASE
      WHEN grens_minuten IS NULL OR toewijzingnummer IS NULL THEN NULL
      WHEN minuten > grens_minuten AND binnen_looptijd = 1 AND gevonden IS NULL THEN TRUE
      WHEN minuten > grens_minuten AND minuten * 1000 <= toegekend_milli AND zonder_minuten = 0 THEN FALSE
      WHEN minuten > grens_minuten AND minuten * 1000 > toegekend_milli AND binnen_looptijd = 1 THEN TRUE
      WHEN minuten > grens_minuten OR zonder_minuten > 0 THEN NULL
      WHEN pro_rata AND looptijd_dagen IS NULL THEN NULL
      ELSE FALSE
    END AS treffer
  FROM begrensd
)
SELECT
  gemeente, aanbieder, client, kwartaal,
  COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval,
  treffer,
  CASE
    WHEN treffer
      THEN CAST(FLOOR(CAST(kosten_ct * (minuten - grens_minuten) AS DOUBLE) / NULLIF(CAST(minuten AS DOUBLE), 0)) AS BIGINT)
    ELSE CAST(0 AS BIGINT)
  END AS bedrag_ct,
  minuten,
  CAST(FLOOR(CAST(toegekend_milli AS DOUBLE) / 1000) AS BIGINT) AS minuten_toegewezen
FROM beoordeeld
