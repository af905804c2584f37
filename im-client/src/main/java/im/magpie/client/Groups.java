package im.magpie.client;

import com.google.protobuf.ByteString;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.RandomIds;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.DecideJoinRequest;
import im.magpie.codec.protocol.Dissolve;
import im.magpie.codec.protocol.GetGroup;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupLink;
import im.magpie.codec.protocol.GroupPage;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinRequestPage;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.ListGroups;
import im.magpie.codec.protocol.ListJoinRequests;
import im.magpie.codec.protocol.ListMembers;
import im.magpie.codec.protocol.ListReaders;
import im.magpie.codec.protocol.MakeLink;
import im.magpie.codec.protocol.MemberPage;
import im.magpie.codec.protocol.MuteMember;
import im.magpie.codec.protocol.Readers;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.codec.protocol.Rename;
import im.magpie.codec.protocol.RevokeLink;
import im.magpie.codec.protocol.Transfer;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The groups of a user: makes them, and does with them what he has a right to. What is said in a group is its conversation's, and so are the events that tell of
 * its changes: they come to every member as messages of kind GROUP_EVENT.
 *
 * <p>Each operation is tried again, over the next connection too, for as long as a reply is waited for. Then, and when the server refuses it, its future fails with
 * {@link RequestFailedException}: NOT_FOUND where there is no such group, NOT_A_PARTICIPANT for who is not in it, FORBIDDEN for who is of too low a rank,
 * GROUP_DISSOLVED where it is no more, UNAVAILABLE when the time is over: then it may have been done, and may be asked for again.
 *
 * <p>Safe for use by many threads; nothing here blocks.
 */
public final class Groups {

    private final Calls calls;
    private final Callbacks callbacks;
    private final Supplier<UUID> requestIds;

    Groups(Calls calls, Callbacks callbacks) {
        this(calls, callbacks, () -> UuidV7.next(System::currentTimeMillis));
    }

    private Groups(Calls calls, Callbacks callbacks, Supplier<UUID> requestIds) {
        this.calls = calls;
        this.callbacks = callbacks;
        this.requestIds = requestIds;
    }

    /**
     * Returns the same groups, of which the next operation is known by an id that the event of it carries too. An app that was closed before it was answered may ask for
     * the same again by the same id: what it has changed before is not changed once more. Otherwise an id is drawn for each operation.
     *
     * @param requestId of one operation of the user
     */
    public Groups withRequestId(UUID requestId) {
        return new Groups(calls, callbacks, () -> requestId);
    }

    /** Returns what is said in a group. */
    public static String conversationOf(String groupId) {
        return new ConversationId.OfGroup(groupId).toString();
    }

    /** Makes a group of the user, who owns it, and others. */
    public CompletableFuture<Group> create(String name, Collection<String> memberIds) {
        return create(CreateGroup.newBuilder()
                .setName(name)
                .addAllMemberIds(memberIds)
                .build());
    }

    /** Makes a group, whose id is drawn. */
    public CompletableFuture<Group> create(CreateGroup group) {
        // Drawn here: repeated without an id, one request would make two groups.
        return create(RandomIds.next(), group);
    }

    /**
     * Makes a group with an id of one's own choice.
     *
     * @return the group; exceptionally also RECIPIENT_UNKNOWN, RECIPIENT_DISABLED or BLOCKED_BY_RECIPIENT for who can't be brought in, GROUP_FULL for too many, FORBIDDEN when
     *     somebody else's group has this id
     */
    public CompletableFuture<Group> create(String groupId, CreateGroup group) {
        return changed(of(groupId).setCreate(group));
    }

    /** Returns a group that the user is in, with what he himself is in it. */
    public CompletableFuture<Group> get(String groupId) {
        return group(of(groupId).setGet(GetGroup.getDefaultInstance()));
    }

    /**
     * Returns a page of the groups that the user is in, in the order of their ids.
     *
     * @param after the id behind which the page begins; empty for the first page
     * @param limit how many at most; 0 for as many as the server gives
     */
    public CompletableFuture<GroupPage> list(String after, int limit) {
        var list = ListGroups.newBuilder().setAfter(after).setLimit(limit);
        return ask(GroupRequest.newBuilder().setList(list), GroupReply::hasGroups, GroupReply::getGroups);
    }

    /** Returns a page of a group's members; pages are as those of {@link #list}. */
    public CompletableFuture<MemberPage> members(String groupId, String after, int limit) {
        var members = ListMembers.newBuilder().setAfter(after).setLimit(limit);
        return ask(of(groupId).setMembers(members), GroupReply::hasMembers, GroupReply::getMembers);
    }

    /** Changes what is given and leaves the rest of a group as it is; takes an admin. */
    public CompletableFuture<Group> change(String groupId, GroupChanged change) {
        return changed(of(groupId).setChange(change));
    }

    /** Brings others in; fails also as {@link #create(String, CreateGroup)} does. Who is in already stays as he is. */
    public CompletableFuture<Group> add(String groupId, Collection<String> userIds) {
        return changed(of(groupId).setAdd(AddMembers.newBuilder().addAllUserIds(userIds)));
    }

    /** Sends members away, who are of a lower rank than the user. */
    public CompletableFuture<Group> remove(String groupId, Collection<String> userIds) {
        return changed(of(groupId).setRemove(RemoveMembers.newBuilder().addAllUserIds(userIds)));
    }

    /** Leaves a group; FORBIDDEN for its owner, who transfers it first. */
    public CompletableFuture<Void> leave(String groupId) {
        return done(of(groupId).setLeave(LeaveGroup.getDefaultInstance()));
    }

    /** Ends a group: nobody writes to it any more, and everybody keeps what he has of it. Takes its owner. */
    public CompletableFuture<Group> dissolve(String groupId) {
        return changed(of(groupId).setDissolve(Dissolve.getDefaultInstance()));
    }

    /** Makes another member the owner, and the user, who is it, an admin. */
    public CompletableFuture<Group> transfer(String groupId, String userId) {
        return changed(of(groupId).setTransfer(Transfer.newBuilder().setUserId(userId)));
    }

    /**
     * Makes a member an admin, or an admin a member; takes the owner.
     *
     * @param role MEMBER or ADMIN
     */
    public CompletableFuture<Group> appoint(String groupId, String userId, GroupRole role) {
        return changed(
                of(groupId).setAppoint(Appoint.newBuilder().setUserId(userId).setRole(role)));
    }

    /**
     * Lets a member of a lower rank not write for a while.
     *
     * @param length in whole seconds; zero lets him write again
     */
    public CompletableFuture<Group> mute(String groupId, String userId, Duration length) {
        return changed(
                of(groupId).setMute(MuteMember.newBuilder().setUserId(userId).setSeconds(length.toSeconds())));
    }

    /** Says what a member is called in a group: the user himself, or one of a lower rank; empty for his own name. */
    public CompletableFuture<Group> rename(String groupId, String userId, String nickname) {
        return changed(
                of(groupId).setRename(Rename.newBuilder().setUserId(userId).setNickname(nickname)));
    }

    /**
     * Asks to come in. Whether that is all it takes, or an admin decides first, is the group's to say, and the answer does.
     *
     * @param message to who decides
     * @return with the group, where he is in at once; exceptionally also FORBIDDEN where nobody joins by himself, GROUP_FULL
     */
    public CompletableFuture<JoinOutcome> join(String groupId, String message) {
        return joined(of(groupId).setJoin(JoinGroup.newBuilder().setMessage(message)));
    }

    /** Comes in by a link, which names the group; NOT_FOUND where there is no such link, or not any more. */
    public CompletableFuture<JoinOutcome> joinByLink(String token) {
        return joined(GroupRequest.newBuilder().setJoin(JoinGroup.newBuilder().setToken(token)));
    }

    /** Returns a page of those who have asked to come in; pages are as those of {@link #list}. Takes an admin. */
    public CompletableFuture<JoinRequestPage> requests(String groupId, String after, int limit) {
        var requests = ListJoinRequests.newBuilder().setAfter(after).setLimit(limit);
        return ask(of(groupId).setRequests(requests), GroupReply::hasRequests, GroupReply::getRequests);
    }

    /**
     * Returns a page of the groups that the user himself has asked to come into and is not in: he waits, or was turned away some time ago. They are in the order of
     * the groups' ids; pages are as those of {@link #list}.
     */
    public CompletableFuture<JoinRequestPage> ownRequests(String after, int limit) {
        var requests = ListJoinRequests.newBuilder().setAfter(after).setLimit(limit);
        return ask(GroupRequest.newBuilder().setRequests(requests), GroupReply::hasRequests, GroupReply::getRequests);
    }

    /** Lets somebody in who has asked for it, or not; takes an admin. */
    public CompletableFuture<Void> decide(String groupId, String userId, boolean accept) {
        return done(of(groupId)
                .setDecide(DecideJoinRequest.newBuilder().setUserId(userId).setAccept(accept)));
    }

    /**
     * Makes a link by which others come in, for as long as the user may add others himself.
     *
     * @param validFor in whole seconds; zero for as long as the server allows
     */
    public CompletableFuture<GroupLink> makeLink(String groupId, Duration validFor) {
        var link = MakeLink.newBuilder().setSeconds(validFor.toSeconds());
        return ask(of(groupId).setMakeLink(link), GroupReply::hasLink, GroupReply::getLink);
    }

    /** Ends a link; that of somebody else takes an admin. */
    public CompletableFuture<Void> revokeLink(String groupId, String token) {
        return done(of(groupId).setRevokeLink(RevokeLink.newBuilder().setToken(token)));
    }

    /** Returns who has, and who has not, read the message at a sequence. */
    public CompletableFuture<Readers> readers(String groupId, long sequence) {
        var readers = ListReaders.newBuilder().setSequence(sequence);
        return ask(of(groupId).setReaders(readers), GroupReply::hasReaders, GroupReply::getReaders);
    }

    private static GroupRequest.Builder of(String groupId) {
        return GroupRequest.newBuilder().setGroupId(groupId);
    }

    private CompletableFuture<Group> group(GroupRequest.Builder request) {
        return ask(request, GroupReply::hasGroup, GroupReply::getGroup);
    }

    private CompletableFuture<Group> changed(GroupRequest.Builder request) {
        return group(named(request));
    }

    private GroupRequest.Builder named(GroupRequest.Builder request) {
        return request.setRequestId(ByteString.copyFrom(UuidV7.toBytes(requestIds.get())));
    }

    private CompletableFuture<JoinOutcome> joined(GroupRequest.Builder request) {
        return ask(named(request), GroupReply::hasJoined, GroupReply::getJoined);
    }

    private CompletableFuture<Void> done(GroupRequest.Builder request) {
        var body = named(request).build();
        return calls.ask(id -> new Request.Group(id, body), (future, _) -> callbacks.complete(future));
    }

    private <T> CompletableFuture<T> ask(
            GroupRequest.Builder request, Predicate<GroupReply> answers, Function<GroupReply, T> answer) {
        var body = request.build();
        return calls.ask(id -> new Request.Group(id, body), (future, reply) -> {
            if (reply instanceof Reply.GroupOk ok && answers.test(ok.body())) {
                callbacks.complete(future, answer.apply(ok.body()));
            } else {
                callbacks.fail(future, RequestFailedException.unexpected(reply));
            }
        });
    }
}
