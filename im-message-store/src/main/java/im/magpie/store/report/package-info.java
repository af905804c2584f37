/** What im-service hears from the store: what is committed, and what has to be accepted anew. */
@NullMarked
package im.magpie.store.report;

import org.jspecify.annotations.NullMarked;
