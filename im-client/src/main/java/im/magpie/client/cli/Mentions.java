package im.magpie.client.cli;

import im.magpie.codec.content.ContentRules;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.MessageContent;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whom a text calls by name: {@code @bob}, or {@code @all}. */
final class Mentions {

    private static final Pattern MENTION = Pattern.compile("(?<!\\S)@([A-Za-z0-9._@+-]{0,63}[A-Za-z0-9_])");
    private static final String EVERYBODY = "all";

    /** Returns a text to a group, which calls those whom it names. */
    static MessageContent textWith(String text) {
        var named = MENTION.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
        return Contents.text(text).toBuilder()
                .addAllMentionedUserIds(named.stream()
                        .filter(name -> !name.equals(EVERYBODY))
                        .limit(ContentRules.MOST_MENTIONS)
                        .toList())
                .setMentionsAll(named.contains(EVERYBODY))
                .build();
    }

    private Mentions() {}
}
