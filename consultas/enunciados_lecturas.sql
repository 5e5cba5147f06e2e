-- ¿Quién codificó un enunciado y cómo? Una fila por faceta y codificador.
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
    c.libro_id,
    c.fecha,
    c.nota
from codificaciones as c
inner join codigos as k
    on c.libro_id = k.libro_id and c.faceta = k.faceta and c.codigo = k.codigo
inner join codificadores as q on c.codificador_id = q.codificador_id
where c.enunciado_id = :enunciado
order by c.faceta, c.es_principal, c.codificador_id
