ALTER TABLE im_group
  ADD COLUMN former_owner_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
    COMMENT 'whose it was before, who may say again to whom he passes it; empty where it was always its owner''s',
  ADD COLUMN mention_policy TINYINT NOT NULL DEFAULT 1 COMMENT 'the number of the protocol';

ALTER TABLE group_request
  ADD COLUMN turned_away_at BIGINT NULL COMMENT 'unix milliseconds; NULL for who waits',
  ADD KEY turned_away (turned_away_at);
