/** What later entries of a conversation make of its messages: how changes get into the tables, each once whatever the order, and how they are read. */
@NullMarked
package im.magpie.store.change;

import org.jspecify.annotations.NullMarked;
