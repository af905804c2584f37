/** What all HTTP calls have in common: who calls, how large a body may be, and how errors look. */
@NullMarked
package im.magpie.service.http;

import org.jspecify.annotations.NullMarked;
