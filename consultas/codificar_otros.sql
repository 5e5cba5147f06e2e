-- ¿Qué parte de lo que se cuenta con la versión del libro que rige quedó en «Otro»?
-- Una sola fila, sea quien sea quien codificó; ninguna si con esa versión no se cuenta
-- nada. Sobre 5 %, el libro pide revisarse.
with por_libro as (
    select
        libro,
        sum(case when tipo = 'OTR' then 1 else 0 end) as otros,
        count(*) as enunciados
    from seleccion
    group by libro
)

select
    p.libro,
    cast(p.otros as integer) as otros,
    p.enunciados
from por_libro as p
inner join versiones as v on p.libro = v.nombre and v.lugar = 1
order by p.libro
