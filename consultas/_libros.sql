-- Las versiones publicadas del libro de códigos; la de lugar 1 es la que rige.
-- La primera no se copió de otra, y por eso no figura en libros_versiones.
-- El lector lo pone delante de quien lea de `versiones`.
with versiones as (
    select
        l.libro_id,
        l.nombre,
        row_number() over (
            order by
                case when v.publicado is null then 1 else 0 end,
                v.publicado desc,
                l.fecha desc,
                l.libro_id desc
        ) as lugar
    from libros as l
    left join libros_versiones as v on l.libro_id = v.libro_id
    where v.libro_id is null or v.publicado is not null
)
