-- Codificaciones de personas o modelos que no salen de ninguna lectura registrada.
select
    'codificaciones' as tabla,
    c.fila,
    'codificador_id' as columna,
    concat(
        '«', c.codificador_id, '» codificó «', c.enunciado_id,
        '» y no consta que lo leyera.'
    ) as problema,
    'Agregue su fila en lecturas.csv.' as remedio
from codificaciones as c
inner join codificadores as q on c.codificador_id = q.codificador_id
left join lecturas as l
    on
        c.enunciado_id = l.enunciado_id
        and c.libro_id = l.libro_id
        and c.codificador_id = l.codificador_id
where q.clase <> 'regla' and l.enunciado_id is null
order by c.fila;
