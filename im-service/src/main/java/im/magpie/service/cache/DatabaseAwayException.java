package im.magpie.service.cache;

import org.springframework.dao.DataAccessResourceFailureException;

/** The database does not answer, and was not asked again. */
public final class DatabaseAwayException extends DataAccessResourceFailureException {

    private static final long serialVersionUID = 1;

    DatabaseAwayException() {
        super("the database does not answer");
    }
}
