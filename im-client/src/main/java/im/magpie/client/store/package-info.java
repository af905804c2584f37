/** What a device remembers between two starts. */
@NullMarked
package im.magpie.client.store;

import org.jspecify.annotations.NullMarked;
