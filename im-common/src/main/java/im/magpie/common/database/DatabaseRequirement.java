package im.magpie.common.database;

import im.magpie.common.readiness.Requirement;
import javax.sql.DataSource;

/** The database as something that a service can't do its work without. */
public final class DatabaseRequirement {

    private static final int PATIENCE_SECONDS = 2;

    /** Returns the requirement of a service that has its connections from here. */
    public static Requirement of(DataSource connections) {
        return new Requirement("database", () -> {
            try (var connection = connections.getConnection()) {
                return connection.isValid(PATIENCE_SECONDS) ? null : "a connection is dead";
            }
        });
    }

    private DatabaseRequirement() {}
}
