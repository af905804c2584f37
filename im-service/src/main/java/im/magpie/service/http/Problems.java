package im.magpie.service.http;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The one place where exceptions become answers: problem documents (RFC 9457) with the error code's name as {@code code} and its number as
 * {@code number}, and {@code retryAfterMs} where it is known after how many milliseconds the same may succeed.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> ours(MagpieException e) {
        if (e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.INTERNAL) {
            log.warn("A call failed", e);
        }
        return answer(e.code(), e.getMessage(), e.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> database(DataAccessException e) {
        log.error("A call failed for the database", e);
        return answer(ErrorCode.UNAVAILABLE, "the database does not answer", Duration.ZERO);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unforeseen(Throwable e) {
        log.error("A call failed unforeseen", e);
        return answer(ErrorCode.INTERNAL, "this should not have happened", Duration.ZERO);
    }

    /** What Spring finds wrong with a call before a controller sees it. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail(e, body));
        return super.handleExceptionInternal(e, describe(problem, codeOf(status)), headers, status, request);
    }

    private static ResponseEntity<ProblemDetail> answer(ErrorCode code, @Nullable String detail, Duration retryAfter) {
        var status = HttpStatuses.of(code);
        var response = ResponseEntity.status(status);
        if (status == HttpStatus.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        var problem = describe(ProblemDetail.forStatusAndDetail(status, detail), code);
        if (retryAfter.isPositive()) {
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(retryAfter.plusMillis(999).toSeconds()));
            problem.setProperty("retryAfterMs", retryAfter.toMillis());
        }
        return response.body(problem);
    }

    private static ProblemDetail describe(ProblemDetail problem, ErrorCode code) {
        problem.setTitle(code.name().replace('_', ' ').toLowerCase(Locale.ROOT));
        problem.setProperty("code", code.name());
        problem.setProperty("number", code.getNumber());
        return problem;
    }

    private static ErrorCode codeOf(HttpStatusCode status) {
        if (status.is5xxServerError()) {
            return ErrorCode.INTERNAL;
        }
        return status.isSameCodeAs(HttpStatus.NOT_FOUND) ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_REQUEST;
    }

    private static @Nullable String detail(Exception e, @Nullable Object body) {
        return switch (e) {
            case MethodArgumentNotValidException invalid -> faults(invalid.getAllErrors());
            case HandlerMethodValidationException invalid -> faults(invalid.getAllErrors());
            default -> body instanceof ProblemDetail problem ? problem.getDetail() : null;
        };
    }

    private static String faults(List<? extends MessageSourceResolvable> faults) {
        return faults.stream()
                .map(fault -> fault instanceof FieldError field
                        ? field.getField() + " " + field.getDefaultMessage()
                        : String.valueOf(fault.getDefaultMessage()))
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
