-- The newest message that mentions the user, written behind Redis like the watermarks; and what the user has made of the conversation: an
-- encoded PersonalSettings, NULL for somebody who has made nothing of it. Written before anybody is told.
ALTER TABLE user_conversation
    ADD COLUMN mentioned_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN settings BLOB NULL;
