-- ¿Quiénes codificaron y cómo? Una fila por seudónimo.
select
    codificador_id,
    clase,
    descripcion
from codificadores
where
    codificador_id in (
        select c.codificador_id
        from codificaciones as c
        inner join lectura_enunciados as e on c.enunciado_id = e.enunciado_id
        where :solo_reales is null or not e.es_ficticio
    )
order by clase, codificador_id
