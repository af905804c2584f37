-- An erasure that fails waits, so that others go on. New ones are not due at once, for what is under way has to settle.
ALTER TABLE erasure
  ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0 COMMENT 'unix milliseconds: when it is begun, or gone on with after it has failed',
  ADD COLUMN failures INT NOT NULL DEFAULT 0 COMMENT 'attempts that have failed since it got any further',
  ADD KEY due (finished_at, due_at);
