-- Enunciados de 8 a 20 palabras, repartidos por igual entre las mesas.
create temp table sorteados as
with puestos as (
    select
        mesa_id,
        tema_dialogo_id,
        row_number() over (order by mesa_id) - 1 as lugar
    from mesas
    where starts_with(mesa_id, 'sintetico-')
),

numerados as (
    select i, p.mesa_id, p.tema_dialogo_id, 1 + i // c.cuantas as vez
    from range($enunciados) as t (i)
    cross join (select count(*) as cuantas from puestos) as c
    inner join puestos as p on p.lugar = i % c.cuantas
)

select
    i,
    mesa_id || '-' || lpad(cast(vez as varchar), 5, '0') as enunciado_id,
    mesa_id,
    tema_dialogo_id,
    2 * vez - cast(ends_with(mesa_id, 'A') as integer) as orden,
    upper(frase[1]) || frase[2:] || '.' as texto
from (
    select
        *,
        array_to_string(
            [
                $palabras[zipf(len($palabras), azar(i, k, $semilla))]
                for k in range(8 + cast(13 * azar(i, 'largo', $semilla) as bigint))
            ],
            ' '
        ) as frase
    from numerados
);

insert into enunciados
select
    enunciado_id,
    tema_dialogo_id,
    mesa_id,
    tema_dialogo_id || '-p' || cast(1 + floor(3 * azar(i, 'pregunta', $semilla)) as bigint),
    'mesa',
    orden,
    texto,
    ['alta', 'media', 'baja'][zipf(3, azar(i, 'certeza', $semilla))],
    null
from sorteados
order by enunciado_id;

insert into citas
select
    enunciado_id || '-c1',
    enunciado_id,
    'acta-' || mesa_id,
    'mesa ' || right(mesa_id, 1),
    orden,
    1,
    length(texto),
    sha256(texto)
from sorteados
order by enunciado_id;
