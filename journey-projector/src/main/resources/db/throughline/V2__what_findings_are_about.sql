-- A finding may be about something of the company's own, such as a source that is silent: then it has a subject and no person.
ALTER TABLE finding DROP CONSTRAINT finding_pkey;
ALTER TABLE finding ALTER COLUMN person DROP NOT NULL;
ALTER TABLE finding
  ADD COLUMN subject       text,
  ADD COLUMN slot          uuid, -- stays when another event comes to name what the finding is about
  ADD COLUMN superseded_by uuid, -- of a withdrawn one: the finding that took its place
  ADD CHECK (num_nonnulls(person, subject) = 1);
CREATE UNIQUE INDEX finding_by_id      ON finding (id, person) NULLS NOT DISTINCT;
CREATE INDEX        finding_by_subject ON finding (subject, serial) WHERE subject IS NOT NULL;

ALTER TABLE finding_queue ALTER COLUMN person DROP NOT NULL;
