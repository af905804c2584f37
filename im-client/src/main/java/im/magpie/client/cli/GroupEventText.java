package im.magpie.client.cli;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRole;
import java.util.ArrayList;
import java.util.List;

/** How the events of a group are told. */
final class GroupEventText {

    /** Returns whether there is anything to tell of an event. */
    static boolean isTold(GroupEvent event) {
        return switch (event.getWhatCase()) {
            case RESIZED, WHAT_NOT_SET -> false;
            case CREATED, ADDED, JOINED, REMOVED, LEFT, APPOINTED, MUTED, TRANSFERRED, CHANGED, DISSOLVED, RENAMED ->
                true;
        };
    }

    /** Returns what has happened, and who has done it. */
    static String of(ChatMessage message) {
        var actor = message.getSenderId().isEmpty() ? "the app" : message.getSenderId();
        return "* " + of(actor, message.getContent().getGroupEvent());
    }

    private static String of(String actor, GroupEvent event) {
        return switch (event.getWhatCase()) {
            case CREATED -> created(actor, event);
            case ADDED -> actor + " added " + list(event.getAdded().getUserIdsList());
            case JOINED -> list(event.getJoined().getUserIdsList()) + " joined";
            case REMOVED -> actor + " removed " + list(event.getRemoved().getUserIdsList());
            case LEFT -> list(event.getLeft().getUserIdsList()) + " left";
            case APPOINTED -> each(event.getAppointed().getMembersList(), member -> appointed(actor, member));
            case MUTED -> each(event.getMuted().getMembersList(), member -> muted(actor, member));
            case RENAMED -> each(event.getRenamed().getMembersList(), GroupEventText::renamed);
            case TRANSFERRED -> transferred(actor, event.getTransferred().getMembersList());
            case CHANGED -> actor + " " + list(changes(event.getChanged()));
            case DISSOLVED -> actor + " dissolved the group";
            case RESIZED, WHAT_NOT_SET -> "(something that this client does not understand)";
        };
    }

    private static String created(String actor, GroupEvent event) {
        var others = event.getCreated().getUserIdsList().stream()
                .filter(userId -> !userId.equals(actor))
                .toList();
        var of = others.isEmpty() ? "" : " with " + list(others);
        return "%s made the group %s%s".formatted(actor, event.getCreated().getName(), of);
    }

    private interface Member {
        String text(GroupMember member);
    }

    private static String each(List<GroupMember> members, Member what) {
        return list(members.stream().map(what::text).toList());
    }

    private static String appointed(String actor, GroupMember member) {
        return member.getRole() == GroupRole.ADMIN
                ? "%s made %s an admin".formatted(actor, member.getUserId())
                : "%s made %s a member like the others".formatted(actor, member.getUserId());
    }

    private static String muted(String actor, GroupMember member) {
        return member.getMutedUntil() == 0
                ? "%s lets %s write again".formatted(actor, member.getUserId())
                : "%s muted %s until %s"
                        .formatted(actor, member.getUserId(), Times.dateAndTime(member.getMutedUntil()));
    }

    private static String renamed(GroupMember member) {
        return member.getNickname().isEmpty()
                ? member.getUserId() + " goes by the own name again"
                : "%s is called %s here".formatted(member.getUserId(), member.getNickname());
    }

    private static String transferred(String actor, List<GroupMember> members) {
        var owners = members.stream()
                .filter(member -> member.getRole() == GroupRole.OWNER)
                .map(GroupMember::getUserId)
                .toList();
        return "%s made %s the owner".formatted(actor, list(owners));
    }

    private static List<String> changes(GroupChanged change) {
        var changes = new ArrayList<String>();
        if (change.hasName()) {
            changes.add("named the group " + change.getName());
        }
        if (change.hasAvatarUrl()) {
            changes.add("changed the group's picture");
        }
        if (change.hasAnnouncement()) {
            var text = change.getAnnouncement();
            changes.add(text.isEmpty() ? "took the announcement away" : "announced: " + text);
        }
        if (change.hasMuted()) {
            changes.add(change.getMuted() ? "lets admins only write" : "lets everybody write again");
        }
        changes.addAll(rules(change));
        return changes;
    }

    private static List<String> rules(GroupChanged change) {
        var rules = new ArrayList<String>();
        if (change.hasJoinPolicy()) {
            rules.add(
                    switch (change.getJoinPolicy()) {
                        case CLOSED -> "lets nobody in who is not added";
                        case APPROVAL -> "lets admins decide who joins";
                        case OPEN -> "lets everybody join";
                        case JOIN_POLICY_UNSPECIFIED, UNRECOGNIZED -> "changed who may join";
                    });
        }
        if (change.hasInvitePolicy()) {
            rules.add(
                    switch (change.getInvitePolicy()) {
                        case ADMINS_INVITE -> "lets admins only add others";
                        case EVERYBODY_INVITES -> "lets everybody add others";
                        case INVITE_POLICY_UNSPECIFIED, UNRECOGNIZED -> "changed who may add others";
                    });
        }
        if (change.hasMentionPolicy()) {
            rules.add(
                    switch (change.getMentionPolicy()) {
                        case ADMINS_MENTION_ALL -> "lets admins only call everybody";
                        case EVERYBODY_MENTIONS_ALL -> "lets everybody call everybody";
                        case MENTION_POLICY_UNSPECIFIED, UNRECOGNIZED -> "changed who may call everybody";
                    });
        }
        if (change.hasOpenHistory()) {
            rules.add(
                    change.getOpenHistory()
                            ? "lets newcomers read what was said before"
                            : "lets newcomers read what is said from then on");
        }
        return rules;
    }

    /** Returns some things as a sentence names them. */
    static String list(List<String> parts) {
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }

    private GroupEventText() {}
}
