/*
 * Tokens of a route file, byte for byte as in Skipper's eskip (docs/reference/language.md).
 *
 * The characters are bytes as `RouteBytes` shows them: 0x85 and 0xA0 arrive as blanks, every other byte from 0x80 on as DEL.
 * The last rules match what no route file may hold. The parser has no place for their tokens; they exist so that lexing never
 * fails and so that `Mender` can say what was meant.
 */
lexer grammar RouteLexer;


AND : '&&' ;
STAR : '*' ;
ARROW : '->' ;
COLON : ':' ;
COMMA : ',' ;
SEMI : ';' ;
LPAREN : '(' ;
RPAREN : ')' ;
LT : '<' ;
GT : '>' ;
SHUNT : '<shunt>' ;
LOOPBACK : '<loopback>' ;
DYNAMIC : '<dynamic>' ;
FORWARD : '<forward>' ;
NUMBER : '-'? ( [0-9]+ ( '.' [0-9]+ )? | '.' [0-9]+ ) ;
SYMBOL : [A-Za-z_] [A-Za-z0-9_]* ;
STRING : '"' ( ~["\\] | '\\' . )* '"' ;
BACKQUOTED : '`' ( ~[`\\] | '\\' . )* '`' ;
// The class is one flag: the first unescaped "]" ends it, also behind "[:alpha:]".
REGEXP : '/' ( ~[/\\[] | '\\' . | '[' ( ~[\]\\] | '\\' . )* ']' )+ '/' ;

COMMENT : '//' ~[\n]* -> skip ;
SPACE : [ \t\n\u000B\f\r]+ -> skip ;

// From here on: never valid. A number is always followed by "," or ")", so the longer match changes no valid text.
BAD_NUMBER : [-+]? '.'? [0-9] [A-Za-z0-9_.]* | [-+]? [0-9]* '.' ;
OTHER_ARROW : '=>' | '-->' | '~>' | '- ' ' '* '>' | '==>' ;
OTHER_AND : '&' | '|' | '||' | '&&&' ;
STRAY : . ;
