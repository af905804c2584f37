package im.magpie.service.group;

import im.magpie.service.membership.MembershipMapper;

/** The tables that groups are kept in. */
record GroupTables(
        GroupMapper groups,
        GroupMemberMapper members,
        GroupChangeMapper changes,
        GroupRequestMapper requests,
        GroupLinkMapper links,
        MembershipMapper memberships) {}
