-- Qué instrumentos reúne cada conjunto de los que trata algún enunciado: una fila por
-- conjunto e instrumento, en la asignación que se cuenta.
with conjuntos as (
    select distinct valor as tratados
    from lectura_usos
    where columna = 'tratados'
)

select
    c.tratados,
    i.instrumento_id,
    i.nombre as instrumento,
    strip_accents(lower(i.nombre)) as instrumento_orden,
    i.estado
from conjuntos as c
inner join instrumentos as i
    on list_contains(string_split(c.tratados, chr(31)), i.instrumento_id)
order by c.tratados, i.instrumento_id
