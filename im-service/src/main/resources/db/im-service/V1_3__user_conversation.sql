-- A user's conversations and how far the user is in each. Rows are made before a conversation's first message is accepted;
-- the watermarks are written behind Redis and only ever rise.
CREATE TABLE user_conversation (
    app_id             VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id            VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    conversation_id    VARCHAR(160)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    delivered_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0,
    read_sequence      BIGINT UNSIGNED NOT NULL DEFAULT 0,
    read_ordinal       BIGINT UNSIGNED NOT NULL DEFAULT 0,
    created_at         TIMESTAMP(3)    NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (app_id, user_id, conversation_id)
) DEFAULT CHARSET = utf8mb4;
