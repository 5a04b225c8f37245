-- Why something is missing from a source is a template in `reason` and its values here, as JSON; without
-- values `reason` is what an older version wrote: a finished English sentence.
alter table source_states add column reason_params varchar;
