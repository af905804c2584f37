package im.magpie.appbusiness.signin;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The one place where exceptions become answers: problem documents (RFC 9457) with the fault's name as {@code code}. What a caller sent is
 * neither answered nor logged, because there may be a password in it.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Object> refused(SignInException e) {
        return answer(e.fault(), e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> database(DataAccessException e) {
        log.error("A call failed for the database", e);
        return answer(SignInFault.ACCOUNTS_UNAVAILABLE, "accounts are out of reach, try again");
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return e.getFieldErrors().stream()
                .min(Comparator.comparing(FieldError::getField).thenComparing(Problems::explanation))
                .map(error ->
                        answer(SignInFault.inField(error.getField()), error.getField() + " " + explanation(error)))
                .orElseGet(() -> answer(SignInFault.INVALID_REQUEST, null));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(SignInFault.INVALID_REQUEST, "the body is not the JSON that is expected");
    }

    private static String explanation(FieldError error) {
        return String.valueOf(error.getDefaultMessage());
    }

    private static ResponseEntity<Object> answer(SignInFault fault, @Nullable String detail) {
        var problem = ProblemDetail.forStatusAndDetail(fault.status(), detail);
        problem.setProperty("code", fault.name());
        return ResponseEntity.status(fault.status()).body(problem);
    }
}
