-- A place that an event got in an epoch that ended before it was settled there is another's in the next one.
ALTER TABLE group_member
  ADD COLUMN from_epoch BIGINT NULL COMMENT 'of the group''s partition, in which from_sequence was given; NULL as long as that is',
  ADD COLUMN to_epoch BIGINT NULL COMMENT 'the same of to_sequence';

ALTER TABLE group_change
  ADD COLUMN request_id VARBINARY(16) NOT NULL DEFAULT '' COMMENT 'of its sender''s request that it came of; empty for one without',
  ADD KEY of_request (app_id, group_id, request_id);
