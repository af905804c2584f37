/** What im-service may ask about stored messages. */
@NullMarked
package im.magpie.store.history;

import org.jspecify.annotations.NullMarked;
