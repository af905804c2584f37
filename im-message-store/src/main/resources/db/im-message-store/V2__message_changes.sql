-- What later entries of the conversation have made of a message. All NULL, which takes no room, for one that nobody has changed.
ALTER TABLE message
  ADD COLUMN changed_sequence BIGINT UNSIGNED NULL COMMENT 'of the last change of any kind',
  -- The content is the one of this edit. A recalled message has an empty content.
  ADD COLUMN edit_sequence BIGINT UNSIGNED NULL,
  ADD COLUMN recalled BOOLEAN NULL;

-- One row per user and emoji that a message has, or had: a reaction that was taken back stays, so that an older change of it which comes late changes nothing.
CREATE TABLE reaction (
  conversation_key BIGINT UNSIGNED NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  emoji VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changed_sequence BIGINT UNSIGNED NOT NULL,
  removed BOOLEAN NOT NULL,
  PRIMARY KEY (conversation_key, sequence, emoji, user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
