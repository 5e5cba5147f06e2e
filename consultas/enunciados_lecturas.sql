-- ¿Quién codificó un enunciado y cómo? Una fila por faceta, codificador y versión del
-- libro.
select
    case c.faceta
        when 'naturaleza' then 'Naturaleza'
        when 'tipo' then 'Tipo'
        else 'Recurso'
    end as faceta,
    k.nombre as codigo,
    c.codificador_id,
    q.clase,
    c.es_principal,
    l.nombre as libro,
    c.fecha,
    c.nota
from codificaciones as c
inner join codigos as k
    on c.libro_id = k.libro_id and c.faceta = k.faceta and c.codigo = k.codigo
inner join libros as l on c.libro_id = l.libro_id
inner join codificadores as q on c.codificador_id = q.codificador_id
where c.enunciado_id = :enunciado
order by c.faceta, c.es_principal, c.codificador_id, c.libro_id
