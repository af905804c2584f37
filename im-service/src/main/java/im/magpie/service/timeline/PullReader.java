package im.magpie.service.timeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import im.magpie.service.personal.SettingsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers the messages of ranges, a page at a time.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class PullReader {

    private final ConversationLog conversations;
    private final MessageReader messages;
    private final SettingsTable settings;
    private final TimelineProperties properties;

    public PullReader(
            ConversationLog conversations,
            MessageReader messages,
            SettingsTable settings,
            TimelineProperties properties) {
        this.conversations = conversations;
        this.messages = messages;
        this.settings = settings;
        this.properties = properties;
    }

    /**
     * Returns one page of the ranges asked for, in their order.
     *
     * @throws MagpieException INVALID_REQUEST, INVALID_CONVERSATION or NOT_A_PARTICIPANT when one of the ranges may not be asked for;
     *     UNAVAILABLE when Redis or the store did not answer
     */
    public PullReply pull(UserKey user, PullRequest request) {
        var asked = request.getRangesList();
        if (asked.size() > properties.pullRanges()) {
            throw new MagpieException(
                    ErrorCode.INVALID_REQUEST, "at most %d ranges at once".formatted(properties.pullRanges()));
        }
        asked.forEach(range -> check(user, range));
        var keys = asked.stream().map(range -> key(user, range)).collect(Collectors.toSet());
        var limit = PageLimit.of(request.getLimit(), properties.pullMessages());
        var windows = windows(user, asked, conversations.heads(keys), limit);
        return answer(asked, undeleted(user, windows, messages.read(user.userId(), windows)));
    }

    private static void check(UserKey user, PullRange range) {
        Members.require(user, range.getConversationId());
        if (range.getAfterSequence() < 0 || range.getToSequence() < 0) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a sequence is at most 2^63 - 1");
        }
    }

    /** Divides the page among the ranges, from the first on: what is left of it is the next range's limit. */
    private static List<WindowRange> windows(
            UserKey user, List<PullRange> asked, Map<ConversationKey, Head> heads, int limit) {
        var windows = new ArrayList<WindowRange>();
        long left = limit;
        for (var range : asked) {
            var key = key(user, range);
            var newest = heads.getOrDefault(key, new Head(0, 0)).sequence();
            var to = range.getToSequence() == 0 ? newest : Math.min(range.getToSequence(), newest);
            var wanted = Math.max(0, to - range.getAfterSequence());
            var given = Math.min(wanted, left);
            if (wanted > 0 && given == 0) {
                break;
            }
            windows.add(new WindowRange(
                    key, range.getAfterSequence(), range.getAfterSequence() + given, (int) Math.max(1, given)));
            left -= given;
        }
        return windows;
    }

    /** What a user has deleted is covered like a number that nobody has. */
    private List<MessagePage> undeleted(UserKey user, List<WindowRange> ranges, List<MessagePage> pages) {
        var members = ranges.stream().map(range -> member(user, range)).toList();
        var personal = settings.of(members);
        var left = new ArrayList<MessagePage>(pages.size());
        for (var i = 0; i < pages.size(); i++) {
            var own = personal.getOrDefault(members.get(i), PersonalSettings.getDefaultInstance());
            left.add(pages.get(i).without(own));
        }
        return left;
    }

    private static Member member(UserKey user, WindowRange range) {
        return new Member(user, range.conversation().conversationId());
    }

    private PullReply answer(List<PullRange> asked, List<MessagePage> pages) {
        var page = new PullPage(properties.pullSize().toBytes());
        for (var i = 0; i < asked.size(); i++) {
            var range = asked.get(i);
            if (i >= pages.size()) {
                page.leaveOut(range);
            } else {
                page.add(range, pages.get(i));
            }
        }
        return page.reply();
    }

    private static ConversationKey key(UserKey user, PullRange range) {
        return new ConversationKey(user.appId(), range.getConversationId());
    }
}
