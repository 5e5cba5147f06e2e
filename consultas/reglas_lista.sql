-- ¿Qué palabras sugieren cada código? Una fila por regla.
select
    regla_id,
    libro_id,
    faceta,
    codigo,
    expresion
from reglas
order by libro_id, faceta, codigo, expresion, regla_id
