package im.magpie.service.timeline;

import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.common.rpc.UnindexedGroup;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.index.IndexPage;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extent;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import im.magpie.service.membership.RosterMapper;
import im.magpie.service.membership.UserGroups;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.watermark.Watermark;
import im.magpie.service.watermark.Watermarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what changed for a user. The index is read before the conversations, so that a page never shows a conversation older than
 * its version says. The last page adds the groups of which the index says nothing. A group that becomes one of these, or ceases to be one, raises its members'
 * indexes by that: who has read the index before it did so asks again.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class SyncReader {

    private static final Logger log = LoggerFactory.getLogger(SyncReader.class);

    private final UserIndexes indexes;
    private final ConversationLog conversations;
    private final Extents extents;
    private final UserGroups groups;
    private final Watermarks watermarks;
    private final SettingsTable settings;
    private final NewestMessages newest;
    private final TimelineProperties properties;

    public SyncReader(
            UserIndexes indexes,
            ConversationLog conversations,
            Extents extents,
            UserGroups groups,
            Watermarks watermarks,
            SettingsTable settings,
            NewestMessages newest,
            TimelineProperties properties) {
        this.indexes = indexes;
        this.conversations = conversations;
        this.extents = extents;
        this.groups = groups;
        this.watermarks = watermarks;
        this.settings = settings;
        this.newest = newest;
        this.properties = properties;
    }

    /**
     * Returns one page of what changed, and with the last one the groups of which the index says nothing.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis or the store did not answer
     */
    public SyncOutcome sync(UserKey user, SyncRequest request) {
        var page = indexes.page(user, request.getSince(), PageLimit.of(request.getLimit(), properties.syncEntries()));
        var outcome = SyncOutcome.newBuilder();
        var listed = list(members(user, page.conversations().stream()));
        comeAgain(listed.unanswered());
        var entries = new ArrayList<>(listed.entries());
        var more = page.more() && listed.unanswered().isEmpty();
        if (!more) {
            addGroups(user, page, entries, outcome);
        }
        return outcome.setReply(SyncReply.newBuilder()
                        .setVersion(page.version())
                        .setFull(page.full())
                        .setMore(more)
                        .addAllConversations(request.getNewestMessages() ? newest.addTo(entries, user) : entries))
                .build();
    }

    /**
     * What can't be told now is the newest of the user's list then, so that his device finds it with its next SYNC. The page is the last one until that: what has come
     * again would be on one of the next, and come again.
     */
    private void comeAgain(List<Member> unanswered) {
        if (!unanswered.isEmpty()) {
            indexes.raise(unanswered.stream()
                    .map(member -> new Touch(member.user(), member.conversationId()))
                    .toList());
        }
    }

    /** What can't be read of them now keeps nobody from everything else. */
    private void addGroups(UserKey user, IndexPage page, List<ConversationEntry> entries, SyncOutcome.Builder outcome) {
        var known = groups.of(user, page.version(), page.moved());
        outcome.setGroupsIncomplete(!known.whole());
        if (known.groups().isEmpty()) {
            return;
        }
        try {
            var listed = Set.copyOf(page.conversations());
            var further = known.groups().stream()
                    .map(UserGroups.Stay::conversationId)
                    .filter(id -> !listed.contains(id))
                    .toList();
            if (!further.isEmpty()) {
                entries.addAll(entries(members(user, further.stream())));
            }
        } catch (MagpieException e) {
            log.debug("The large groups of {} can't be read now", user, e);
            outcome.setGroupsIncomplete(true);
        }
        var places = entries.stream()
                .collect(Collectors.toMap(ConversationEntry::getConversationId, ConversationEntry::getNewestSequence));
        known.groups()
                .forEach(group -> outcome.addGroups(UnindexedGroup.newBuilder()
                        .setConversationId(group.conversationId())
                        .setVersion(group.version())
                        .setNewestSequence(places.getOrDefault(group.conversationId(), 0L))));
    }

    private static List<Member> members(UserKey user, Stream<String> conversations) {
        return conversations.map(id -> new Member(user, id)).toList();
    }

    /**
     * Returns members' conversations as SYNC shows them, in the order of the members. A group that its user has never been in is left out: a list that was restored, say, is no reason to
     * show nothing.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis, the store or the database did not answer
     */
    public List<ConversationEntry> entries(List<Member> members) {
        var listed = list(members);
        if (!listed.unanswered().isEmpty()) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the database did not answer");
        }
        return listed.entries();
    }

    /** @param unanswered of whom there is no entry, because the database did not answer what they may read */
    private record Listed(List<ConversationEntry> entries, List<Member> unanswered) {}

    private Listed list(List<Member> members) {
        var personal = settings.of(members);
        var heads =
                conversations.heads(members.stream().map(Member::conversation).collect(Collectors.toSet()));
        var readable = extents.among(members, heads);
        var marks = watermarks.of(members.stream()
                .flatMap(member -> Stream.concat(Stream.of(member), Members.peer(member).stream()))
                .toList());
        var notes = notes(members);
        var entries = new ArrayList<ConversationEntry>(members.size());
        for (var member : members) {
            var extent = readable.extents().get(member);
            if (extent == null) {
                continue;
            }
            var entry = entry(
                    member,
                    end(member, heads.getOrDefault(member.conversation(), Head.NONE), extent),
                    marks.getOrDefault(member, Watermark.NONE),
                    Members.peer(member).map(marks::get).orElse(Watermark.NONE),
                    personal.getOrDefault(member, PersonalSettings.getDefaultInstance()),
                    !extent.current());
            entries.add(noted(entry, notes.get(member.conversationId()), extent));
        }
        return new Listed(entries, readable.unanswered());
    }

    /** Returns how far a member can read. */
    private Head end(Member member, Head head, Extent readable) {
        var newest = readable.newest(head.sequence());
        return newest == head.sequence()
                ? head
                : new Head(newest, conversations.ordinalAt(member.conversation(), newest));
    }

    /** A database that is away keeps nobody from his conversations: what they call out for is missing until they come again. */
    private Map<String, RosterMapper.Note> notes(List<Member> members) {
        try {
            return extents.notes(members);
        } catch (MagpieException e) {
            log.debug("Notes of groups can't be read now", e);
            return Map.of();
        }
    }

    private static ConversationEntry noted(ConversationEntry entry, RosterMapper.@Nullable Note note, Extent readable) {
        if (note == null) {
            return entry;
        }
        var calls = note.mentionedSequence() <= entry.getNewestSequence() && readable.has(note.mentionedSequence());
        return entry.toBuilder()
                .setMentionedSequence(Math.max(entry.getMentionedSequence(), calls ? note.mentionedSequence() : 0))
                .setJoinRequests(note.joinRequests())
                .build();
    }

    private static ConversationEntry entry(
            Member member, Head head, Watermark own, Watermark peers, PersonalSettings personal, boolean left) {
        var entry = ConversationEntry.newBuilder()
                .setConversationId(member.conversationId())
                .setNewestSequence(head.sequence())
                .setNewestOrdinal(head.ordinal())
                .setLeft(left)
                .setReadSequence(own.read())
                .setReadOrdinal(own.readOrdinal())
                .setDeliveredSequence(own.delivered())
                .setPeerReadSequence(peers.read())
                .setPeerDeliveredSequence(peers.delivered())
                .setMentionedSequence(own.mentioned());
        return (personal.getVersion() > 0 ? entry.setSettings(personal) : entry).build();
    }
}
