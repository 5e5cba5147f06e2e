-- ¿Qué se ha cargado y en qué quedó? Una fila por carga, la más nueva primero.
-- `filas` cuenta lo que agregó o cambió.
select
    c.carga_id,
    c.momento,
    c.archivo,
    c.clase,
    c.quien,
    c.estado,
    c.resumen,
    count(f.orden) as filas
from cargas as c
left join cargas_filas as f on c.carga_id = f.carga_id
group by
    c.carga_id, c.momento, c.archivo, c.clase, c.quien, c.estado, c.resumen
order by c.momento desc, c.carga_id
