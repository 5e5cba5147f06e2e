-- Una lectura por enunciado, con un código por faceta, e instrumentos en dos de cada tres.
insert into lecturas
select enunciado_id, 'v1', 'sintetico', timestamp '2026-01-01 00:00:00', false, null, 1
from sorteados
order by enunciado_id;

insert into codificaciones
with listas as (
    select faceta, list(codigo order by orden) as codigos
    from codigos
    where libro_id = 'v1'
    group by faceta
)

select
    s.enunciado_id || '-' || l.faceta,
    s.enunciado_id,
    'v1',
    l.faceta,
    l.codigos[zipf(len(l.codigos), azar(s.i, l.faceta, $semilla))],
    'sintetico',
    date '2026-01-01',
    true,
    null
from sorteados as s
cross join listas as l
order by s.enunciado_id, l.faceta;

insert into enunciados_instrumentos
with lista as (select list(instrumento_id order by instrumento_id) as todos from instrumentos)

select
    s.enunciado_id,
    l.todos[zipf(len(l.todos), azar(s.i, 'instrumento', $semilla))],
    'sintetico',
    date '2026-01-01',
    true
from sorteados as s
cross join lista as l
where s.i % 3 <> 0
order by s.enunciado_id;

drop table sorteados;
