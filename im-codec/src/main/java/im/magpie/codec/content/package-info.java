/** What messages may say. */
@NullMarked
package im.magpie.codec.content;

import org.jspecify.annotations.NullMarked;
