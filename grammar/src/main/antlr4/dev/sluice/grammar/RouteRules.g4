/*
 * Grammar of a route file: LL(1), so that no rule looks further than one token. The actions hand finished pieces to `SyntaxBuilder`;
 * no parse tree is built.
 */
parser grammar RouteRules;

options { tokenVocab = RouteLexer; }

@members {
SyntaxBuilder out;
}

document : SEMI* ( definition ( SEMI definition? )* )? EOF ;

/** The first definition of a document, and one behind another: nothing is read behind its end. */
first : SEMI* definition ;

following : SEMI+ definition ;

rest : SEMI* EOF ;

/** The form without an id: one expression, no semicolon. */
single : expression EOF { out.unnamed(); } ;

/** Both forms mixed, for the second pass, which reports what is missing. */
loose : SEMI* ( looseRoute ( SEMI looseRoute? )* )? EOF ;

looseRoute : definition | expression { out.unnamed(); } ;

predicateList : predicates? EOF ;

filterList : ( call { out.filter(); } ( ARROW call { out.filter(); } )* )? EOF ;

definition : id=SYMBOL COLON { out.id($id); } expression { out.route($id); } ;

expression : predicates ARROW ( call { out.filter(); } ARROW )* backend ;

predicates : predicate ( AND predicate )* ;

predicate : star=STAR { out.star($star); } | call { out.predicate(); } ;

call
  : name=SYMBOL LPAREN { out.name($name); } ( argument ( COMMA argument )* )? end=RPAREN { out.call($end); }
  ;

argument
  : t=NUMBER { out.number($t); }
  | t=STRING { out.text($t); }
  | t=BACKQUOTED { out.text($t); }
  | t=REGEXP { out.text($t); }
  ;

backend
  : t=( STRING | BACKQUOTED ) { out.network($t); }
  | t=SHUNT { out.shunt($t); }
  | t=LOOPBACK { out.loopback($t); }
  | t=DYNAMIC { out.dynamic($t); }
  | t=FORWARD { out.forward($t); }
  | open=LT ( alg=SYMBOL COMMA )? endpoint ( COMMA endpoint )* close=GT { out.balanced($open, $alg, $close); }
  ;

endpoint : t=( STRING | BACKQUOTED ) { out.endpoint($t); } ;
