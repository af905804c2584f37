package im.magpie.service.erasure;

import im.magpie.service.conversation.Offer;
import im.magpie.service.pipeline.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;

/** How many steps a process can take. A step is a statement, the way to the pipeline, and the way back. */
final class Life {

    private int left;

    /** What ends with a process in the middle of anything; nobody catches it. */
    static final class Ended extends Error {

        private static final long serialVersionUID = 1L;
    }

    Life(int steps) {
        this.left = steps;
    }

    private void step() {
        if (--left < 0) {
            throw new Ended();
        }
    }

    ErasureMapper of(ErasureMapper mapper) {
        return (ErasureMapper) Proxy.newProxyInstance(
                ErasureMapper.class.getClassLoader(), new Class<?>[] {ErasureMapper.class}, (_, method, arguments) -> {
                    step();
                    try {
                        return method.invoke(mapper, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Function<List<Offer>, List<Outcome>> of(Function<List<Offer>, List<Outcome>> submission) {
        return offers -> {
            step();
            var outcomes = submission.apply(offers);
            step();
            return outcomes;
        };
    }
}
