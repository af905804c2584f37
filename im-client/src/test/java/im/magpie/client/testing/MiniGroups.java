package im.magpie.client.testing;

import im.magpie.client.Groups;
import im.magpie.client.RequestFailedException;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupPage;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.MemberPage;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersChanged;
import im.magpie.codec.protocol.MembersWent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The groups of {@link MiniMagpie}: who is in them, and what of them he may read. It looks at no rights but the most simple ones. */
final class MiniGroups {

    /** The places of (after, to]. */
    private record Stay(long after, long to) {

        boolean lasts() {
            return to == Long.MAX_VALUE;
        }

        boolean has(long sequence) {
            return sequence > after && sequence <= to;
        }
    }

    /** The conversations of the groups. */
    interface Timelines {

        long newest(String conversationId);

        void append(String conversationId, String actor, GroupEvent event, Set<String> audience);
    }

    private final Timelines timelines;
    private final Map<String, Group> groups = new TreeMap<>();
    private final Map<String, Map<String, List<Stay>>> stays = new TreeMap<>();
    private final Map<String, String> nicknames = new TreeMap<>();

    MiniGroups(Timelines timelines) {
        this.timelines = timelines;
    }

    /** Returns who hears what is said in a conversation. */
    Set<String> audience(String conversationId) {
        return switch (ConversationId.parse(conversationId)) {
            case ConversationId.OfTwo two -> Set.copyOf(two.participants());
            case ConversationId.OfGroup(var groupId) -> members(groupId);
        };
    }

    private Set<String> members(String groupId) {
        return stays.getOrDefault(groupId, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().getLast().lasts())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean mayRead(String userId, String conversationId, long sequence) {
        return !(ConversationId.parse(conversationId) instanceof ConversationId.OfGroup(var groupId))
                || stays.getOrDefault(groupId, Map.of()).getOrDefault(userId, List.of()).stream()
                        .anyMatch(stay -> stay.has(sequence));
    }

    GroupReply reply(String actor, GroupRequest request) {
        var id = request.getGroupId();
        return switch (request.getOperationCase()) {
            case CREATE -> created(actor, id, request);
            case LIST -> list(actor, request.getList().getAfter());
            case GET -> of(require(actor, id));
            case MEMBERS -> members(actor, id, request.getMembers().getAfter());
            default -> {
                require(actor, id);
                event(actor, request).ifPresent(event -> happen(id, actor, event));
                yield of(Objects.requireNonNull(groups.get(id)));
            }
        };
    }

    private static GroupReply of(Group group) {
        return GroupReply.newBuilder().setGroup(group).build();
    }

    private GroupReply created(String actor, String id, GroupRequest request) {
        if (!groups.containsKey(id)) {
            var name = request.getCreate().getName();
            var all = new TreeSet<>(request.getCreate().getMemberIdsList());
            all.add(actor);
            groups.put(
                    id,
                    Group.newBuilder()
                            .setGroupId(id)
                            .setConversationId(Groups.conversationOf(id))
                            .setName(name)
                            .setOwnerId(actor)
                            .setOpenHistory(request.getCreate().getOpenHistory())
                            .build());
            var came = MembersCame.newBuilder().addAllUserIds(all).setName(name);
            happen(id, actor, GroupEvent.newBuilder().setCreated(came).build());
        }
        return of(Objects.requireNonNull(groups.get(id)));
    }

    private Group require(String actor, String id) {
        var group = groups.get(id);
        if (group == null) {
            throw new RequestFailedException(ErrorCode.NOT_FOUND, "there is no such group", 0);
        }
        if (!members(id).contains(actor)) {
            throw new RequestFailedException(ErrorCode.NOT_A_PARTICIPANT, actor + " is not in this group", 0);
        }
        return group;
    }

    /** Returns what happens, if anything does. */
    private Optional<GroupEvent> event(String actor, GroupRequest request) {
        var members = members(request.getGroupId());
        var coming = new TreeSet<>(request.getAdd().getUserIdsList());
        coming.removeAll(members);
        var going = new TreeSet<>(request.getRemove().getUserIdsList());
        going.retainAll(members);
        if ((request.hasAdd() && coming.isEmpty()) || (request.hasRemove() && going.isEmpty())) {
            return Optional.empty();
        }
        var event = GroupEvent.newBuilder();
        switch (request.getOperationCase()) {
            case ADD ->
                event.setAdded(MembersCame.newBuilder()
                        .addAllUserIds(coming)
                        .setOpenHistory(Objects.requireNonNull(groups.get(request.getGroupId()))
                                .getOpenHistory()));
            case REMOVE -> event.setRemoved(MembersWent.newBuilder().addAllUserIds(going));
            case LEAVE -> event.setLeft(MembersWent.newBuilder().addUserIds(actor));
            case CHANGE -> event.setChanged(request.getChange());
            case DISSOLVE -> event.setDissolved(true);
            case RENAME ->
                event.setRenamed(MembersChanged.newBuilder()
                        .addMembers(GroupMember.newBuilder()
                                .setUserId(request.getRename().getUserId())
                                .setNickname(request.getRename().getNickname())));
            case TRANSFER -> event.setTransferred(member(request.getTransfer().getUserId(), GroupRole.OWNER));
            case APPOINT ->
                event.setAppointed(member(
                        request.getAppoint().getUserId(), request.getAppoint().getRole()));
            default -> throw new RequestFailedException(ErrorCode.INVALID_REQUEST, "not here", 0);
        }
        return Optional.of(event.build());
    }

    private static MembersChanged member(String userId, GroupRole role) {
        return MembersChanged.newBuilder()
                .addMembers(GroupMember.newBuilder().setUserId(userId).setRole(role))
                .build();
    }

    private void happen(String id, String actor, GroupEvent event) {
        var conversation = Groups.conversationOf(id);
        var place = timelines.newest(conversation) + 1;
        var audience = new TreeSet<>(members(id));
        came(id, event.getCreated(), 0);
        came(id, event.getAdded(), event.getAdded().getOpenHistory() ? 0 : place - 1);
        went(id, event.getRemoved().getUserIdsList(), place);
        went(id, event.getLeft().getUserIdsList(), place);
        audience.addAll(members(id));
        groups.computeIfPresent(id, (_, group) -> {
            var changed = group.toBuilder()
                    .setVersion(group.getVersion() + 1)
                    .setMemberCount(members(id).size());
            if (event.getChanged().hasName()) {
                changed.setName(event.getChanged().getName());
            }
            return changed.build();
        });
        event.getRenamed()
                .getMembersList()
                .forEach(member -> nicknames.put(id + " " + member.getUserId(), member.getNickname()));
        timelines.append(conversation, actor, event, audience);
    }

    private void came(String id, MembersCame came, long after) {
        var all = stays.computeIfAbsent(id, _ -> new TreeMap<>());
        came.getUserIdsList()
                .forEach(user ->
                        all.computeIfAbsent(user, _ -> new ArrayList<>()).add(new Stay(after, Long.MAX_VALUE)));
    }

    private void went(String id, Collection<String> users, long place) {
        users.forEach(user -> Objects.requireNonNull(stays.get(id)).computeIfPresent(user, (_, those) -> {
            those.add(new Stay(those.removeLast().after(), place));
            return those;
        }));
    }

    /** One to a page. */
    private GroupReply list(String actor, String after) {
        var ids = groups.keySet().stream()
                .filter(id -> id.compareTo(after) > 0 && members(id).contains(actor))
                .toList();
        var page = GroupPage.newBuilder().setMore(ids.size() > 1);
        ids.stream().limit(1).forEach(id -> page.addGroups(Objects.requireNonNull(groups.get(id))));
        return GroupReply.newBuilder().setGroups(page).build();
    }

    /** Two to a page. */
    private GroupReply members(String actor, String id, String after) {
        var owner = require(actor, id).getOwnerId();
        var users =
                members(id).stream().filter(user -> user.compareTo(after) > 0).toList();
        var page = MemberPage.newBuilder().setMore(users.size() > 2);
        users.stream()
                .limit(2)
                .forEach(user -> page.addMembers(GroupMember.newBuilder()
                        .setUserId(user)
                        .setNickname(nicknames.getOrDefault(id + " " + user, ""))
                        .setRole(user.equals(owner) ? GroupRole.OWNER : GroupRole.MEMBER)));
        return GroupReply.newBuilder().setMembers(page).build();
    }
}
