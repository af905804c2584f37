package im.magpie.service.membership;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.cache.Database;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Head;
import im.magpie.service.membership.Extent.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What members may read of their conversations: everything of a private chat, and of a group what lies within their memberships.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class Extents {

    private static final Logger log = LoggerFactory.getLogger(Extents.class);
    private static final int MOST_REMEMBERED = 200_000;

    private final RosterMapper mapper;
    private final Database database;
    private final Cache<Member, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /** @param version of the group, up to which it is right */
    private record Known(Extent extent, long version) {}

    public Extents(RosterMapper mapper, Database database) {
        this.mapper = mapper;
        this.database = database;
    }

    /**
     * Returns what members may read, in their order.
     *
     * @param heads of all their conversations
     * @throws MagpieException NOT_A_PARTICIPANT when one has never been a member; UNAVAILABLE when the database has to be asked and does not answer
     */
    public List<Extent> of(List<Member> members, Map<ConversationKey, Head> heads) {
        return members.stream()
                .map(member -> of(member, heads.getOrDefault(member.conversation(), Head.NONE)))
                .toList();
    }

    /**
     * What members may read.
     *
     * @param extents without those who have never been members
     * @param unanswered of whom it is not known, because the database did not answer
     */
    public record Among(Map<Member, Extent> extents, List<Member> unanswered) {}

    /**
     * Returns what members may read, as far as that is known or the database says it.
     *
     * @param heads of all their conversations
     */
    public Among among(List<Member> asked, Map<ConversationKey, Head> heads) {
        var extents = new HashMap<Member, Extent>();
        var unanswered = new ArrayList<Member>();
        for (var member : asked) {
            try {
                find(member, heads.getOrDefault(member.conversation(), Head.NONE))
                        .ifPresent(extent -> extents.put(member, extent));
            } catch (MagpieException e) {
                log.debug("It is not known now what {} may read", member, e);
                unanswered.add(member);
            }
        }
        return new Among(extents, unanswered);
    }

    /**
     * Returns what there is of the groups among a user's conversations that their messages do not say, by their conversations' ids.
     *
     * @throws MagpieException UNAVAILABLE when the database has to be asked and does not answer
     */
    public Map<String, RosterMapper.Note> notes(List<Member> members) {
        var ids = members.stream()
                .flatMap(member -> GroupKey.find(member.conversation()).stream())
                .map(GroupKey::groupId)
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        var user = members.getFirst().user();
        return database.require(() -> mapper.notes(user, ids)).stream()
                .collect(toMap(note -> new GroupKey(user.appId(), note.groupId()).conversationId(), identity()));
    }

    /** The same as {@link #of(List, Map)} for one, by the head of his conversation. */
    public Extent of(Member member, Head head) {
        return find(member, head)
                .orElseThrow(() -> new MagpieException(
                        ErrorCode.NOT_A_PARTICIPANT, member.user().userId() + " is not in this conversation"));
    }

    /**
     * Returns what a member may read; empty for who has never been one.
     *
     * @throws MagpieException UNAVAILABLE when the database has to be asked and does not answer
     */
    public Optional<Extent> find(Member member, Head head) {
        return GroupKey.find(member.conversation())
                .map(group -> find(group, member, head))
                .orElseGet(() -> Optional.of(Extent.ALL));
    }

    private Optional<Extent> find(GroupKey group, Member member, Head head) {
        var remembered = known.getIfPresent(member);
        return remembered != null && remembered.version() >= head.shape()
                ? Optional.of(remembered.extent())
                : read(group, member, head.epoch());
    }

    /** The version is read first: whatever changes while the memberships are read is of a later one. */
    private Optional<Extent> read(GroupKey group, Member member, long epoch) {
        var state = database.require(() -> mapper.group(group));
        var stays = state == null
                ? List.<RosterMapper.Stay>of()
                : database.require(() -> mapper.stays(group, member.user().userId()));
        if (state == null || stays.isEmpty()) {
            return Optional.empty();
        }
        var extent = extent(stays, epoch);
        if (stays.stream().allMatch(stay -> stay.fromSettled() && stay.toSettled())) {
            known.put(member, new Known(extent, state.version()));
        }
        return Optional.of(extent);
    }

    private static Extent extent(List<RosterMapper.Stay> stays, long epoch) {
        var parts = new ArrayList<Part>();
        for (var stay : stays) {
            var from = place(stay.fromSequence(), stay.fromEpoch(), stay.fromSettled(), epoch);
            var end = place(stay.toSequence(), stay.toEpoch(), stay.toSettled(), epoch);
            var to = end == null ? Long.MAX_VALUE : end;
            if (from == null || from >= to) {
                continue;
            }
            var last = parts.isEmpty() ? null : parts.getLast();
            if (last != null && from <= last.to()) {
                parts.set(parts.size() - 1, new Part(Math.min(last.after(), from), Math.max(last.to(), to)));
            } else {
                parts.add(new Part(from, to));
            }
        }
        return new Extent(List.copyOf(parts), stays.getLast().leftVersion() == null);
    }

    /**
     * Returns the place of an event, as far as it has one in an epoch: the one that it got before that and was not settled at may be another's now. An event that has none yet
     * changes nothing of what is readable: reads end below it.
     */
    private static @Nullable Long place(@Nullable Long sequence, @Nullable Long given, boolean settled, long epoch) {
        return settled || (given != null && given >= epoch) ? sequence : null;
    }
}
