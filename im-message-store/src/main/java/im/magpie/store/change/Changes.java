package im.magpie.store.change;

import java.util.Collection;
import java.util.Comparator;
import org.springframework.stereotype.Component;

/** Makes changes, in the caller's transaction. Each may be made again, and after later ones, at any time. Safe for use by many threads. */
@Component
public class Changes {

    private final ChangeMapper mapper;

    Changes(ChangeMapper mapper) {
        this.mapper = mapper;
    }

    /** Changes messages whose rows are there. Always in the same order of rows, so that no two callers wait for each other. */
    public void make(Collection<Change> changes) {
        changes.stream()
                .sorted(Comparator.comparingLong(Change::target).thenComparingLong(Change::sequence))
                .forEach(this::make);
    }

    private void make(Change change) {
        switch (change) {
            case Change.Recall recall -> mapper.recall(recall);
            case Change.Edit edit -> mapper.edit(edit);
            case Change.React reaction -> {
                mapper.react(reaction);
                mapper.touch(reaction);
            }
        }
    }
}
