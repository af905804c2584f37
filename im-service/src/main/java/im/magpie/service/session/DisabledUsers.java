package im.magpie.service.session;

import im.magpie.service.index.UserIndexes;
import im.magpie.service.user.UserDisabled;
import java.util.List;
import org.springframework.context.event.EventListener;

/** Puts disabled users out. A connection that does not hear of it asks to be announced at its next reconcile, and hears it then. */
class DisabledUsers {

    private final UserIndexes indexes;
    private final SessionTable sessions;
    private final Kicks kicks;

    DisabledUsers(UserIndexes indexes, SessionTable sessions, Kicks kicks) {
        this.indexes = indexes;
        this.sessions = sessions;
        this.kicks = kicks;
    }

    @EventListener
    void disabled(UserDisabled event) {
        var routes = indexes.routes(List.of(event.user())).getOrDefault(event.user(), List.of());
        sessions.end(routes);
        kicks.kick(routes, Kicks.DISABLED);
    }
}
