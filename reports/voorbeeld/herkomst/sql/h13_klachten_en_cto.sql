/*---
title     = "Rapportages zonder klachten of tevredenheidsonderzoek"
question  = "Staan in de ontvangen halfjaarrapportages het aantal klachten en een cliënttevredenheidsonderzoek?"
why       = "Klachten en tevredenheid zijn het deel van kwaliteit waar de jeugdige en ouders zelf iets over zeggen."
kind      = "signaal"
regel     = "H13"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["ontvangen halfjaarrapportage", "ontvangen halfjaarrapportages"]
nummer    = "aanbieder · jaar · halfjaar"
zin       = "In {n#} van de {van} ontvangen halfjaarrapportages staat geen aantal klachten of geen uitgevoerd cliënttevredenheidsonderzoek."
gesprek   = "Is er niets te melden, of is het niet bijgehouden?"
remedie   = "Vraag de aanbieder de rapportage aan te vullen; ook nul klachten is een antwoord."
goed      = "Een rapportage met 0 klachten en een uitgevoerd onderzoek."
fout      = "Een rapportage waarin het aantal klachten leeg is, terwijl andere rapportages het noemen."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Reports received up to the reference date over the last half-year that was over at the end of the quarter. Absent is the
-- hit here: the agreement is that both are in the report. A column that is empty everywhere is one that the export does not
-- have; without a day of receipt it cannot be told whether the report is there.
WITH halfjaren AS (
  SELECT kwartaal, peildatum_dag,
         2 * jaar + CASE SUBSTR(kwartaal, 7, 1) WHEN '1' THEN -1 WHEN '2' THEN 0 WHEN '3' THEN 0 ELSE 1 END AS nummer
  FROM regio
),
kolommen AS (
  SELECT COUNT(klachten) AS n_klachten, COUNT(cto_uitgevoerd) AS n_cto FROM rapportages
),
genummerd AS (
  SELECT aanbieder, jaar, halfjaar, ontvangen_op, ontvangen_op_dag, klachten, cto_uitgevoerd,
         2 * jaar + halfjaar - 1 AS nummer
  FROM rapportages
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  p.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  h.kwartaal,
  p.aanbieder || ' · ' || CAST(p.jaar AS VARCHAR) || ' · ' || CAST(p.halfjaar AS VARCHAR) AS geval,
  CASE
    WHEN p.ontvangen_op_dag IS NULL THEN NULL
    WHEN p.klachten IS NULL AND k.n_klachten > 0 THEN TRUE
    WHEN p.cto_uitgevoerd = FALSE OR (p.cto_uitgevoerd IS NULL AND k.n_cto > 0) THEN TRUE
    WHEN p.klachten IS NOT NULL AND p.cto_uitgevoerd THEN FALSE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  p.ontvangen_op,
  p.klachten,
  p.cto_uitgevoerd
FROM genummerd p
INNER JOIN halfjaren h ON p.nummer = h.nummer
CROSS JOIN kolommen k
WHERE p.ontvangen_op_dag IS NULL OR p.ontvangen_op_dag - h.peildatum_dag <= 0
