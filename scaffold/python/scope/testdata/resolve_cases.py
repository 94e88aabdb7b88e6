# Small modules, each under a line with its name. Every call that is run is compared with Resolve; it
# must be "" on a line marked "# unknown", whatever is called.
# --- plain imports
import streamlit
import streamlit as st
import snowflake.snowpark.context
import snowflake.snowpark.context as context
import snowflake.snowpark as sp, _snowflake
from snowflake.snowpark import context as c2
from snowflake.snowpark.context import get_active_session
from snowflake.snowpark.context import get_active_session as gas
streamlit.title("x")
st.title("x").other()
st.sidebar.title("x")
snowflake.snowpark.context.get_active_session().sql("x").collect()
context.get_active_session()
c2.get_active_session()
sp.context.get_active_session()
get_active_session()
gas()
_snowflake.get_generic_secret_string("k")
# --- relative imports
from . import helpers
from .helpers import run as go
from .. import above
from ..above import up
from . import deep as d
helpers.run()
go()
above.up()
up()
d.e.f()
# --- two parts of one package
import a.b
import a.c.d
a.b.x()
a.c.d.y()
a.z()
# --- rebinding
import streamlit as st
rerun = st.experimental_rerun
again = rerun
one, two = st.one, st.two
[three, (four, five)] = st.three, (st.four, st.five)
x = y = st.both
annotated: object = st.annotated
if (named := st.named):
    named()
rerun()
again()
one(), two(), three(), four(), five()
x(), y()
annotated()
first, *rest = st.a, st.b
first()  # unknown
# --- disagreeing
import a
f = a.f
f = a.g
f()  # unknown
if a:
    from b import g
else:
    from c import g
g()  # unknown
h = a.h
h = None or h
h()  # unknown
# --- shadowed
import streamlit as st
def f(st, *args, **kwargs):
    st.title()  # unknown
    args[0]()  # unknown
    def g():
        st.deep()  # unknown
    g()
def outer(x=st.x()):
    st.fine()
f(st, st.y)
outer()
def local():
    st = object
    st()  # unknown
local()
for st2 in [st.a]:
    st2()  # unknown
with st.form() as form:
    form.submit()  # unknown
    st.inside()
# --- local imports
def f():
    import streamlit as st
    st.title()
    def g():
        st.inner()
        return lambda: st.lam()
    g()()
f()
st = 1
class C:
    import a as inner
    inner.x()
    def m(self):
        from b import c
        c()
        inner()  # unknown
    try:
        m(None)
    except NameError:
        pass
# --- class bodies are not seen by functions in them
import a
thing = a.outer
class C:
    thing = a.inner
    thing()
    def m(self):
        thing()
        return [thing() for _ in [1]]
    other = [thing() for _ in [thing()]]
C().m()
# --- a class that takes over a name of the module
import a
thing = a.outer
class C:
    thing()
    thing = thing
    thing()
def f():
    thing = a.between
    class D:
        thing = thing
        thing()
    thing()
f()
# --- global and nonlocal
import a
def set():
    global g
    g = a.g
    g()
set()
g()
def outer():
    n = None
    def inner():
        nonlocal n
        n = a.n
        n()
    inner()
    n()
outer()
def imports():
    global mod, sub
    import b as mod
    from c import sub
imports()
mod.x()
sub()
class K:
    global k
    from d import k
k()
# --- comprehensions
import a
x = a.x
[x() for x in [a.y]]  # unknown
x()
[x() for _ in [1]]
{x(): x() for _ in [1]}
list(x() for _ in [1])
[y() for y in [x()]]  # unknown
def f():
    [(z := a.z) for _ in [1]]
    z()
    [w() for v in [1] for w in [x]]  # unknown
f()
[(top := a.top) for _ in [1]]
top()
(lambda x: x())(a.q)  # unknown
(lambda y: x())(1)
# --- try and except
try:
    import _snowflake
except ImportError:
    _snowflake = None
_snowflake.get_secret_type("x")
try:
    from missing_one import f
except ImportError:
    from b import f as g
g()
try:
    import streamlit as st
    ok = True
except ImportError:
    ok = False
else:
    st.title()
try:
    from a import run
except ImportError:
    def run():
        pass
run()
try:
    from a import one
except ImportError:
    try:
        from b import one
    except ImportError:
        one = None
one()
# --- except names
import a
e = a.e
try:
    raise ValueError
except ValueError as e2:
    e2.with_traceback(None)  # unknown
e()
# --- builtins and stars
open
len("x")
from a import *
title()
write("x")
print()
sorted([1])
# --- star of two modules
from a import *
from b import *
title()  # unknown
# --- a builtin that is shadowed
from a import open
open("x")
def len(x):
    return 1
len("x")  # unknown
def f():
    print = 1
f()
print()
# --- decorators
import streamlit as st
from functools_like import wraps as w
import a.deco as deco
@st.cache_data
def f():
    st.inner()
@st.cache_resource(ttl=3)
def g():
    pass
@w
@deco.twice
class C:
    pass
# --- private names
import a
class C:
    from b import __x
    __x()
    def m(self):
        __y()
    __z = a.z
    __z()
_C__y = a.y
C().m()
# --- conditional expressions
import a
f = a.f if a else a.f
f()
g = a.f if a else a.g
g()  # unknown
(h := a.h)()
# --- del and annotation alone
import a
x: object
from b import x
x()
del x
from b import x
x()
# --- match
import a
match a.thing:
    case got:
        got()  # unknown
match [a.one]:
    case [first, *rest]:
        first()  # unknown
# --- generator and async
import a
async def f():
    async with a.x() as y:
        pass
    return [z async for z in a.z()]
def g():
    yield a.first()
    yield from a.second()
list(g())
# --- late binding
import a
def f():
    return later.x()
import b as later
f()
# --- chains of names
import a
b = a.b
c = b.c
d = c
def f():
    e = d.e
    e()
    d.f()
f()
# --- augmented
import a
x = a.x
try:
    x += 1
except TypeError:
    pass
x()  # unknown
# --- names in another scope of the same spelling
import a
import b
def f():
    a = b
    a.x()
def g(b=b):
    a.x()
f()
g()
a.x()
