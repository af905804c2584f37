package im.magpie.service.export;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.export.ExportMeters.Result;
import im.magpie.service.user.Users;
import im.magpie.service.usersig.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Exports, for the business system. They are written as they are read, so an error behind the first lines can only be told in the last one. */
@RestController
class ExportController {

    /** What an export reads, others have to wait for. */
    private static final int AT_ONCE = 4;

    private static final Logger log = LoggerFactory.getLogger(ExportController.class);

    private final Users users;
    private final UserExport userExport;
    private final ConversationExport conversationExport;
    private final ExportMeters meters;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    ExportController(Users users, UserExport userExport, ConversationExport conversationExport, ExportMeters meters) {
        this.users = users;
        this.userExport = userExport;
        this.conversationExport = conversationExport;
        this.meters = meters;
    }

    private record OfUser(String appId, String userId) {}

    private record OfConversation(String appId, String conversationId) {}

    /** Writes the lines of an export. */
    private interface Content {
        void write(JsonLines out) throws IOException;
    }

    @GetMapping("/v1/users/{userId}/export")
    void user(Caller caller, @PathVariable String userId, HttpServletResponse response) throws IOException {
        caller.requireAdmin();
        var user = caller.user(userId);
        users.require(user);
        stream(response, new OfUser(user.appId(), userId), out -> userExport.write(user, out));
    }

    @GetMapping("/v1/conversations/{conversationId}/export")
    void conversation(Caller caller, @PathVariable String conversationId, HttpServletResponse response)
            throws IOException {
        caller.requireAdmin();
        var conversation = new ConversationKey(caller.appId(), checked(conversationId));
        conversationExport.require(conversation);
        stream(
                response,
                new OfConversation(caller.appId(), conversationId),
                out -> conversationExport.write(conversation, out));
    }

    private static String checked(String conversationId) {
        try {
            return ConversationId.parse(conversationId).toString();
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CONVERSATION, "no conversation's name: " + e.getMessage(), e);
        }
    }

    private void stream(HttpServletResponse response, Object of, Content content) throws IOException {
        if (!turns.tryAcquire()) {
            throw new MagpieException(ErrorCode.BUSY, "%d exports are under way already".formatted(AT_ONCE));
        }
        var begin = System.nanoTime();
        var result = Result.FAILED;
        meters.begun();
        try {
            response.setContentType("application/x-ndjson");
            result = write(response, new JsonLines(response.getOutputStream(), meters), of, content);
        } catch (IOException e) {
            result = Result.ABANDONED;
            throw e;
        } finally {
            meters.ended(result, begin);
            turns.release();
        }
    }

    private static Result write(HttpServletResponse response, JsonLines out, Object of, Content content)
            throws IOException {
        try {
            out.begin(of, Instant.now().toString());
            content.write(out);
            out.end();
            return Result.COMPLETE;
        } catch (MagpieException e) {
            breakOff(response, out, e.code(), e);
        } catch (DataAccessException e) {
            breakOff(response, out, ErrorCode.UNAVAILABLE, e);
        }
        return Result.FAILED;
    }

    /** Nobody has seen anything yet, or else the last line says it. */
    private static void breakOff(HttpServletResponse response, JsonLines out, ErrorCode code, RuntimeException why)
            throws IOException {
        if (!response.isCommitted()) {
            response.reset();
            throw why;
        }
        log.warn("An export broke off", why);
        out.fail(code);
    }
}
