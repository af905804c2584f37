/** Patience: how long to go on with what fails, and how to wait in between. */
@NullMarked
package im.magpie.store.retry;

import org.jspecify.annotations.NullMarked;
