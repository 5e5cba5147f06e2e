-- ¿Qué valores se pueden elegir al cargar? Una fila por lista y valor, en su orden: las
-- regiones, los temas canónicos y los diálogos que no son ficticios.
select
    'region' as lista,
    region_id as valor,
    nombre as etiqueta,
    orden
from regiones
union all
select
    'tema' as lista,
    cast(tema_id as string) as valor,
    concat(cast(tema_id as string), '. ', nombre) as etiqueta,
    tema_id as orden
from temas
union all
select
    'dialogo' as lista,
    dialogo_id as valor,
    nombre as etiqueta,
    coalesce(anio, 0) as orden
from dialogos
where not es_ficticio
order by lista, orden, etiqueta, valor
