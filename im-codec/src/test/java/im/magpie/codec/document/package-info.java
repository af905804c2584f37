/** What PROTOCOL.md says, held against the codec. */
@NullMarked
package im.magpie.codec.document;

import org.jspecify.annotations.NullMarked;
