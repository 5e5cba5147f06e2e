-- ¿Con qué libro y por qué clase de codificador está codificado lo que se cuenta? Una
-- fila por libro y clase, con los enunciados de la selección.
select
    l.nombre as libro,
    q.clase,
    count(distinct s.enunciado_id) as enunciados
from seleccion as s
inner join codificaciones as c on s.enunciado_id = c.enunciado_id
inner join codificadores as q on c.codificador_id = q.codificador_id
inner join libros as l on c.libro_id = l.libro_id
where c.es_principal
group by l.nombre, q.clase
order by l.nombre, q.clase
