-- What outlives every generation of projections: which generation is live, and what we told the world.

-- Names this database among those that may read one log: their workers must not share its partitions out among each other.
CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id       uuid    NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE generation (
  number     int         PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One row: the pointer that every live transaction reads.
CREATE TABLE live (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  generation int     NOT NULL REFERENCES generation
);

-- One event id sent for two persons is two events and two findings, of one id.
-- A finding may be about something of the company's own, such as a source that is silent: then it has a subject and no person.
CREATE TABLE finding (
  id            uuid        NOT NULL,
  serial        bigint      GENERATED ALWAYS AS IDENTITY,
  person        uuid,
  subject       text,
  rule          text        NOT NULL,
  rule_version  int         NOT NULL,
  severity      text        NOT NULL,
  stage         text,                 -- of the rule, where it names one
  cost          numeric,              -- of one violation, where the rule names it
  currency      text,                 -- of the cost
  status        text        NOT NULL,
  verdict       text,                 -- null: the activation is gone, or its obligation is met
  revision      int         NOT NULL,
  historic      boolean     NOT NULL,
  content       uuid        NOT NULL, -- hash of what the finding says, to see that it changed
  activation_at timestamptz NOT NULL,
  known_at      timestamptz NOT NULL, -- evaluation time at which it first became known
  changed_at    timestamptz NOT NULL, -- evaluation time of this revision
  body          text        NOT NULL, -- JSON: activation, evidence, deadline, nearest miss; references and parameters
  slot          uuid,                 -- stays when another event comes to name what the finding is about
  superseded_by uuid,                 -- of a withdrawn one: the finding that took its place
  CHECK (num_nonnulls(person, subject) = 1)
);
CREATE UNIQUE INDEX finding_by_id         ON finding (id, person) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX finding_by_serial     ON finding (serial);
CREATE INDEX        finding_by_person     ON finding (person, serial) INCLUDE (rule, status, severity, stage); -- also whether a person has such a finding
-- Lists by when it happened; and whatever is counted is read from here alone, without the bodies.
CREATE INDEX        finding_by_time       ON finding (activation_at, serial) INCLUDE (rule, status, severity, stage, changed_at, person, cost, currency);
CREATE INDEX        finding_by_activation ON finding (person, activation_at, rule COLLATE "C", id); -- in pages, with the journey
CREATE INDEX        finding_by_rule       ON finding (rule, serial) INCLUDE (person);
CREATE INDEX        finding_by_status     ON finding (status, serial) INCLUDE (person);
CREATE INDEX        finding_by_subject    ON finding (subject, serial) WHERE subject IS NOT NULL;

-- Revisions on their way to the topic `findings`. A queue, not a log with a cursor: its one publisher deletes what it has sent,
-- so a transaction that commits late is not passed over.
CREATE TABLE finding_queue (
  serial     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         uuid        NOT NULL,
  person     uuid,
  revision   int         NOT NULL,
  changed_at timestamptz NOT NULL,
  value      text        NOT NULL, -- JSON of the revision
  refused    text                  -- why the topic does not take it; the others go on
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
CREATE INDEX finding_queue_refused ON finding_queue (serial) WHERE refused IS NOT NULL;
