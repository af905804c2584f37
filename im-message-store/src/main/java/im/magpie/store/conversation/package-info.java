/** Conversations as the tables know them: their numeric keys and their newest positions. */
@NullMarked
package im.magpie.store.conversation;

import org.jspecify.annotations.NullMarked;
