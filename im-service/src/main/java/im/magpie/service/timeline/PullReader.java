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
import im.magpie.service.membership.Extent;
import im.magpie.service.membership.Extents;
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
    private final Extents extents;
    private final MessageReader messages;
    private final SettingsTable settings;
    private final TimelineProperties properties;

    public PullReader(
            ConversationLog conversations,
            Extents extents,
            MessageReader messages,
            SettingsTable settings,
            TimelineProperties properties) {
        this.conversations = conversations;
        this.extents = extents;
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
        var members = asked.stream().map(range -> member(user, range)).toList();
        var heads =
                conversations.heads(members.stream().map(Member::conversation).collect(Collectors.toSet()));
        var readable = extents.of(members, heads);
        var limit = PageLimit.of(request.getLimit(), properties.pullMessages());
        var windows = windows(asked, members, heads, readable, limit);
        return answer(asked, readable, undeleted(members, messages.read(user.userId(), windows)));
    }

    private static Member member(UserKey user, PullRange range) {
        if (range.getAfterSequence() < 0 || range.getToSequence() < 0) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a sequence is at most 2^63 - 1");
        }
        return Members.require(user, range.getConversationId());
    }

    /**
     * Divides the page among the ranges, from the first on: what is left of it is the next range's limit. A window begins where the user may read: what lies below
     * it is covered like a number that nobody has.
     */
    private static List<WindowRange> windows(
            List<PullRange> asked,
            List<Member> members,
            Map<ConversationKey, Head> heads,
            List<Extent> readable,
            int limit) {
        var windows = new ArrayList<WindowRange>();
        long left = limit;
        for (var i = 0; i < asked.size(); i++) {
            var key = members.get(i).conversation();
            var newest =
                    readable.get(i).newest(heads.getOrDefault(key, Head.NONE).sequence());
            var to = asked.get(i).getToSequence() == 0
                    ? newest
                    : Math.min(asked.get(i).getToSequence(), newest);
            var part = readable.get(i).above(asked.get(i).getAfterSequence());
            var first = Math.min(part.after(), Math.max(to, asked.get(i).getAfterSequence()));
            var wanted = Math.max(0, Math.min(part.to(), to) - first);
            var given = Math.min(wanted, left);
            if (wanted > 0 && given == 0) {
                break;
            }
            windows.add(new WindowRange(key, first, first + given, (int) Math.max(1, given)));
            left -= given;
        }
        return windows;
    }

    /** What a user has deleted is covered like a number that nobody has. */
    private List<MessagePage> undeleted(List<Member> members, List<MessagePage> pages) {
        var personal = settings.of(members.subList(0, pages.size()));
        var left = new ArrayList<MessagePage>(pages.size());
        for (var i = 0; i < pages.size(); i++) {
            var own = personal.getOrDefault(members.get(i), PersonalSettings.getDefaultInstance());
            left.add(pages.get(i).without(own));
        }
        return left;
    }

    private PullReply answer(List<PullRange> asked, List<Extent> readable, List<MessagePage> pages) {
        var page = new PullPage(properties.pullSize().toBytes());
        for (var i = 0; i < asked.size(); i++) {
            var range = asked.get(i);
            if (i >= pages.size()) {
                page.leaveOut(range);
            } else {
                page.add(range, pages.get(i), readable.get(i));
            }
        }
        return page.reply();
    }
}
