package im.magpie.store.conversation;

import im.magpie.store.StoreProperties;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The numeric keys that stand for conversations in {@code message}. Keeps the ones used last. Safe for use by many threads. */
@Component
public class ConversationKeys {

    private static final int NAMES_PER_QUERY = 500;

    private final ConversationMapper mapper;
    private final TransactionOperations transactions;
    private final Map<ConversationRef, Long> cache;

    ConversationKeys(ConversationMapper mapper, TransactionOperations transactions, StoreProperties properties) {
        this.mapper = mapper;
        this.transactions = transactions;
        this.cache = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ConversationRef, Long> eldest) {
                return size() > properties.conversationCache();
            }
        };
    }

    /** Returns the keys of those that have one. */
    public Map<ConversationRef, Long> find(Collection<ConversationRef> refs) {
        var keys = new HashMap<ConversationRef, Long>();
        var unknown = new TreeSet<ConversationRef>();
        synchronized (cache) {
            for (var ref : refs) {
                var key = cache.get(ref);
                if (key == null) {
                    unknown.add(ref);
                } else {
                    keys.put(ref, key);
                }
            }
        }
        if (!unknown.isEmpty()) {
            var read = read(unknown);
            keys.putAll(read);
            synchronized (cache) {
                cache.putAll(read);
            }
        }
        return keys;
    }

    /**
     * Returns the keys of all, having made the ones that were missing. They are committed when this returns, for a key that a
     * transaction took back must not stay in the cache; a conversation without messages reads like none.
     *
     * @throws RefusedNameException when a name can't be told from another one's
     */
    public Map<ConversationRef, Long> findOrCreate(Collection<ConversationRef> refs) {
        var keys = find(refs);
        var missing = new TreeSet<>(refs);
        missing.removeAll(keys.keySet());
        if (missing.isEmpty()) {
            return keys;
        }
        transactions.executeWithoutResult(_ -> missing.forEach(mapper::create));
        keys.putAll(find(missing));
        missing.removeAll(keys.keySet());
        if (!missing.isEmpty()) {
            throw new RefusedNameException(missing.first());
        }
        return keys;
    }

    private Map<ConversationRef, Long> read(Collection<ConversationRef> refs) {
        var keys = new HashMap<ConversationRef, Long>();
        rows(refs).forEach(row -> keys.put(row.ref(), row.conversationKey()));
        return keys;
    }

    /** Returns the rows of those that have one, in any order, as they are now. */
    public List<ConversationRow> rows(Collection<ConversationRef> refs) {
        var rows = new ArrayList<ConversationRow>();
        refs.stream().gather(Gatherers.windowFixed(NAMES_PER_QUERY)).forEach(some -> rows.addAll(mapper.find(some)));
        return rows;
    }
}
