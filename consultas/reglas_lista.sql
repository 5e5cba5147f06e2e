-- ¿Qué palabras sugieren cada código? Una fila por regla.
select
    r.regla_id,
    r.libro_id,
    r.faceta,
    r.codigo,
    k.nombre as codigo_nombre,
    r.expresion
from reglas as r
inner join codigos as k
    on r.libro_id = k.libro_id and r.faceta = k.faceta and r.codigo = k.codigo
order by r.libro_id, r.faceta, k.orden, r.expresion, r.regla_id
